#include "store/data_file.h"

#include <cstdlib>
#include <filesystem>

namespace mydba::store {
namespace {

Error noPlace(std::string message, const char* variable) {
  return {.code = ErrorCode::io,
          .message = std::move(message),
          .hint = std::string("set ") + variable + " to a file in a folder that you may write to"};
}

}  // namespace

Result<std::string> dataFile(std::string_view name, const char* variable) {
  if (const char* named = std::getenv(variable); named && *named) return std::string(named);
  std::filesystem::path folder;
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
    folder = data;
  else if (const char* home = std::getenv("HOME"); home && *home)
    folder = std::filesystem::path(home) / ".local/share";
  else
    return noPlace("no place for " + std::string(name) + ": HOME is not set", variable);
  folder /= "mydba";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return noPlace(folder.string() + ": " + error.message(), variable);
  return (folder / name).string();
}

}  // namespace mydba::store
