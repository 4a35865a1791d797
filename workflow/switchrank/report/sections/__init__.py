"""The sections of the page: what its template shows, made of the inputs; None where one does not apply."""
