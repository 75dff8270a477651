-- Who answered, and who we are to it. Sources: "Information Functions" in the MySQL 9 and MariaDB manuals.
SELECT VERSION(), CURRENT_USER(), DATABASE(), CONNECTION_ID()
