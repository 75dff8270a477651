-- The ten newest reviews.
-- Look at: USE TEMP B-TREE FOR ORDER BY. All reviews are sorted to show ten. The partial index
-- reviews_good does not help: it holds only ratings from 4.
-- Fix: CREATE INDEX reviews_by_date ON reviews (created_at); then ten steps back from its end do.
SELECT id, product_id, rating, title, created_at
FROM reviews
ORDER BY created_at DESC
LIMIT 10;
