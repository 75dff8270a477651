SELECT * FROM empty_table e JOIN customers c ON c.id = e.id
