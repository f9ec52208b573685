"""From typed rows to stored records, one module per kind of file."""
