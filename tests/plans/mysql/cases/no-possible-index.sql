-- format: v1
-- analyze: no
-- set: optimizer_switch = 'block_nested_loop=off'
SELECT r.name, v.page FROM regions r LEFT JOIN visits v ON v.seconds = r.id WHERE r.id < 3
