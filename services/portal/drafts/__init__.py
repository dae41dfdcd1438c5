"""What people are still writing, kept on the server: the next device goes on where the last one stopped."""
