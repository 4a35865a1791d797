"""Downloads, pinned, verified and unpacked."""
