SELECT 1; SELECT 'no end; SELECT 2;
-- comment
