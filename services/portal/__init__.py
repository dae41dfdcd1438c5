"""The portal: pages for people, made on the server; it owns sessions, drafts and copies to read, and decides nothing."""
