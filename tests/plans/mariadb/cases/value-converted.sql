-- versions: 11.8
-- facts: yes
-- set: note_verbosity = 'all'
SELECT id, name FROM customers WHERE code = 77
