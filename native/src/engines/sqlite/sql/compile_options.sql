-- How the library was compiled (sqlite.org/pragma.html#pragma_compile_options).
SELECT compile_options FROM pragma_compile_options
