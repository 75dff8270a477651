#include "sample/sample.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/embedded.h"
#include "net/url.h"
#include "sample/database.h"

namespace mydba::sample {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view queryFolder = "native/src/sample/queries/";

Error writeFailure(const fs::path& path, const std::error_code& why) {
  return {.code = ErrorCode::io,
          .message = path.string() + " cannot be written: " + why.message(),
          .hint = "Choose a directory that you may write to, with 120 MB free"};
}

/// What is to disappear when the work does not end well.
class Leftover {
 public:
  explicit Leftover(fs::path path) : path_(std::move(path)) {}
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;
  ~Leftover() {
    // Removes a folder only when it is empty.
    std::error_code ignored;
    if (!kept_) fs::remove(path_, ignored);
  }
  void keep() { kept_ = true; }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  bool kept_ = false;
};

Result<void> writeQueries(const fs::path& folder) {
  std::error_code why;
  fs::create_directories(folder, why);
  if (why) return writeFailure(folder, why);
  for (const EmbeddedFile& file : embeddedFiles()) {
    if (!file.path.starts_with(queryFolder)) continue;
    const fs::path path = folder / file.path.substr(queryFolder.size());
    if (fs::exists(path, why)) continue;
    std::ofstream out(path, std::ios::binary);
    out << file.text;
    if (!out.flush()) return writeFailure(path, std::make_error_code(std::errc::io_error));
  }
  return {};
}

Result<void> writeShop(const fs::path& path, const Size& size, const Progress& progress,
                       const CancelToken& cancel) {
  // In the same folder, so that the rename stays on one file system; hidden from the user.
  Leftover partial(path.parent_path() / (".shop-" + std::to_string(::getpid()) + ".partial"));
  std::error_code why;
  fs::remove(partial.path(), why);
  if (const auto done = writeDatabase(partial.path().string(), size, progress, cancel); !done)
    return done;
  if (cancel.cancelled()) return cancel.error();
  fs::rename(partial.path(), path, why);
  if (why) return writeFailure(path, why);
  partial.keep();
  return {};
}

Result<protocol::SampleResult> describe(const fs::path& path, const fs::path& queries) {
  auto tables = countTables(path.string());
  if (!tables) return tables.error();
  protocol::ConnectionProfile profile;
  profile.engine = "sqlite";
  profile.path = path.string();
  protocol::SampleResult result{.path = path.string(),
                                .url = net::renderUrl(profile, false),
                                .queries = queries.string(),
                                .tables = std::move(*tables),
                                .rows = 0};
  for (const protocol::SampleTable& table : result.tables) result.rows += table.rows;
  return result;
}

}  // namespace

Result<protocol::SampleResult> createSample(const std::string& directory, const Progress& progress,
                                            const CancelToken& cancel, const Size& size) {
  if (cancel.cancelled()) return cancel.error();
  std::error_code why;
  const fs::path folder = fs::absolute(directory, why);
  if (why) return writeFailure(directory, why);
  const bool newFolder = !fs::exists(folder, why);
  fs::create_directories(folder, why);
  if (why) return writeFailure(folder, why);
  Leftover created(folder);
  if (!newFolder) created.keep();
  const fs::path path = folder / "shop.db";
  const Owner owner = ownerOf(path.string());
  if (owner == Owner::somebodyElse)
    return Error{.code = ErrorCode::refused,
                 .message = path.string() + " exists and is not the sample",
                 .hint = "Choose another directory, or move that file away"};
  if (owner != Owner::sample)
    if (const auto done = writeShop(path, size, progress, cancel); !done) return done.error();
  created.keep();
  if (const auto done = writeQueries(folder / "queries"); !done) return done.error();
  progress({.message = "Counting rows", .fraction = 0.98});
  return describe(path, folder / "queries");
}

}  // namespace mydba::sample
