SELECT c FROM pairs WHERE a = 3
