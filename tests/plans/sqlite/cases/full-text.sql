SELECT rowid FROM notes WHERE notes MATCH 'word'
