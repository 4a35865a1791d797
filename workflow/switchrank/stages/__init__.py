"""The stages of the workflow as functions of files; each is called by one script."""
