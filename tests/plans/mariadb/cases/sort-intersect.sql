-- set: optimizer_switch = 'index_merge_sort_intersection=on,rowid_filter=off'
SELECT id FROM parcels WHERE city = 5 AND zip = 50
