#pragma once

#include <span>
#include <string_view>

namespace mydba {

/// A file compiled into the program.
struct EmbeddedFile {
  std::string_view
      path;  ///< from the top of the repository: `native/src/engines/postgres/sql/tables.sql`
  std::string_view text;  ///< whole content, static storage duration
};

/// Sorted by path. CMakeLists.txt names the globs.
std::span<const EmbeddedFile> embeddedFiles();
/// Text of a file; asserts that it was embedded.
std::string_view embeddedFile(std::string_view path);
/// Shorthand for `native/src/engines/<engine>/sql/<name>.sql`.
std::string_view embeddedSql(std::string_view engine, std::string_view name);

}  // namespace mydba
