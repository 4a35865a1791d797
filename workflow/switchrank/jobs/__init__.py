"""What every job needs: environment, log, lock, fingerprint."""
