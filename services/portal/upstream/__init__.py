"""The other services' HTTP APIs, asked as the person who is signed in: they alone decide what that person may."""
