"""What must hold before the server starts: every endpoint and page declares who may call it."""
