package future
