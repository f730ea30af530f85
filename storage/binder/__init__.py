"""What goes along with a rep who moves to another team."""
