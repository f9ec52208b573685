"""Reading what no format knows: a mapping says which column is what, and becomes a format like the others."""
