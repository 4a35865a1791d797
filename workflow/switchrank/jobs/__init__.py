"""What every job needs: log, lock, fingerprint, threads."""
