"""The people of a workspace, their organisation and how they sign in."""
