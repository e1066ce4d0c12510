"""Many records at a time: listed, counted, searched, exported."""
