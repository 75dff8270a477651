# Writes a C++ file that holds each of FILES (comma separated, relative to ROOT) as a string.
# Raw string literals keep the generated file readable; the delimiter occurs in no SQL or Markdown.
string(REPLACE "," ";" FILES "${FILES}")
list(SORT FILES)
set(code "#include \"base/embedded.h\"\n\nnamespace mydba {\nnamespace {\n")
set(table "")
set(count 0)
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" text)
  # Brackets and semicolons are list syntax to CMake only where lists are expanded; keep text quoted.
  string(APPEND code "constexpr char file${count}[] = R\"mydbafile(${text})mydbafile\";\n")
  string(APPEND table "    {\"${file}\", {file${count}, sizeof file${count} - 1}},\n")
  math(EXPR count "${count} + 1")
endforeach()
string(APPEND code "constexpr EmbeddedFile files[] = {\n${table}    {\"~\", \"\"},\n};\n}  // namespace\n\n")
string(APPEND code "std::span<const EmbeddedFile> embeddedFiles() { return std::span(files).first(${count}); }\n\n}  // namespace mydba\n")
file(WRITE "${OUT}" "${code}")
