"""What somebody has, and handing it to others when he leaves."""
