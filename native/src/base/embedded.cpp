#include "base/embedded.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace mydba {

std::string_view embeddedFile(std::string_view path) {
  const auto files = embeddedFiles();
  const auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
  assert(found != files.end() && found->path == path && "not embedded: see CMakeLists.txt");
  return found->text;
}

std::string_view embeddedSql(std::string_view engine, std::string_view name) {
  return embeddedFile("native/src/engines/" + std::string(engine) + "/sql/" + std::string(name) +
                      ".sql");
}

}  // namespace mydba
