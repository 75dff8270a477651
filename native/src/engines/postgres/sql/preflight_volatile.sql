-- Whether one of these names is that of a volatile function (manual, "Function Volatility Categories"). $1 JSON array of names.
SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p
               JOIN pg_catalog.json_array_elements_text($1::json) n ON p.proname = n
               WHERE p.provolatile = 'v') AS volatile
