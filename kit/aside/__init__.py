"""Work that hostile input may make endless, in a process of its own: bounded in memory, in time and in what it answers."""
