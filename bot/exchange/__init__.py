"""Files in and out: text to values, values to text. Nothing here opens a file."""
