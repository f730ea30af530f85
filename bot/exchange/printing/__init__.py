"""The binder as a PDF, to be printed and put in a ring binder; needs the extra `pdf`."""
