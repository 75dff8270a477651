#include "rag/folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "native/catch.h"
#include "rag/library.h"

namespace mydba::rag {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone when the test ends.
class Scratch {
 public:
  Scratch() {
    std::string path = (fs::temp_directory_path() / "mydba-folder-XXXXXX").string();
    REQUIRE(::mkdtemp(path.data()));
    path_ = path;
  }
  ~Scratch() { fs::remove_all(path_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

FolderReport refreshed(Folder& folder) {
  const auto report = folder.refresh();
  REQUIRE(report);
  return *report;
}

std::vector<std::string> anchorsOf(const Folder& folder) {
  std::vector<std::string> anchors;
  for (const Passage& passage : folder.passages()) anchors.push_back(passage.anchor);
  return anchors;
}

}  // namespace

TEST_CASE("a file's sections are cited by path and heading", "[rag][folder]") {
  const auto passages = sectionsOf("runbooks/failover.md",
                                   "Before.\n# Promote the Standby!\nRun it.\n```\n# no "
                                   "heading\n```\n## Empty\n\n### Über 2\nx\n");
  REQUIRE(passages.size() == 3);
  CHECK(passages[0].anchor == "user:runbooks/failover.md");
  CHECK(passages[1].anchor == "user:runbooks/failover.md#promote-the-standby");
  CHECK(passages[1].title == "Promote the Standby!");
  CHECK(passages[1].text.find("# no heading") != std::string::npos);
  CHECK(passages[2].anchor == "user:runbooks/failover.md#Über-2");
  CHECK(passages[2].scope.empty());
}

TEST_CASE("only what changed is read again, and what is gone is forgotten", "[rag][folder]") {
  const Scratch scratch;
  scratch.write("a.md", "# A\nalpha\n");
  scratch.write("deep/b.txt", "beta\n");
  scratch.write("image.png", "# no document\n");
  scratch.write(".git/c.md", "# hidden\n");
  Folder folder(scratch.path());
  CHECK(refreshed(folder).read == 2);
  CHECK(anchorsOf(folder) == std::vector<std::string>{"user:a.md#a", "user:deep/b.txt"});
  CHECK(refreshed(folder).read == 0);

  scratch.write("a.md", "# A\nalpha beta\n");
  fs::remove(scratch.path() / "deep/b.txt");
  const auto report = refreshed(folder);
  CHECK(report.read == 1);
  CHECK(report.files == 1);
  CHECK(folder.passages().at(0).text == "alpha beta\n");
}

TEST_CASE("links out of the folder, pipes, large and broken files are not read", "[rag][folder]") {
  const Scratch outside;
  outside.write("secret.md", "# Secret\nhunter2\n");
  const Scratch scratch;
  scratch.write("in.md", "# In\ntext\n");
  scratch.write("huge.md", std::string(largestFile + 1, 'x'));
  scratch.write("bytes.md", "\xff\xfe");
  fs::create_symlink(outside.path() / "secret.md", scratch.path() / "link.md");
  fs::create_directory_symlink(outside.path(), scratch.path() / "folder");
  fs::create_directory_symlink(scratch.path(), scratch.path() / "cycle");
  fs::create_symlink(scratch.path() / "in.md", scratch.path() / "inside.md");
  REQUIRE(::mkfifo((scratch.path() / "pipe.md").c_str(), 0600) == 0);
  Folder folder(scratch.path());
  auto report = refreshed(folder);
  CHECK(anchorsOf(folder) == std::vector<std::string>{"user:in.md#in", "user:inside.md#in"});
  std::ranges::sort(report.skipped);
  CHECK(report.skipped ==
        std::vector<std::string>{"bytes.md: not UTF-8", "huge.md: larger than 1 MiB"});
}

TEST_CASE("a folder that is not there is an error", "[rag][folder]") {
  Folder folder("/nonexistent/folder");
  const auto report = folder.refresh();
  REQUIRE_FALSE(report);
  CHECK(report.error().code == ErrorCode::io);
}

TEST_CASE("own documents are found beside those of the program", "[rag][folder]") {
  Library library;
  library.setOwn(sectionsOf("teams.md", "# Who is on call\nAsk Zaphod about the billing shard.\n"));
  const auto hits = library.search({.text = "who knows the billing shard?", .engine = "postgres"});
  REQUIRE_FALSE(hits.empty());
  CHECK(hits[0].anchor == "user:teams.md#who-is-on-call");
  CHECK(hits[0].url.empty());
  library.setOwn({});
  for (const Hit& hit : library.search({.text = "who knows the billing shard?"}))
    CHECK_FALSE(hit.anchor.starts_with("user:"));
}

TEST_CASE("stuffing words doesn't push documents away", "[rag][folder]") {
  const std::string words = "deadlock detected vacuum replication lag index bloat ";
  std::string body, many;
  for (int i = 0; i < 200; ++i) body += words;
  for (int i = 0; i < 50; ++i) many += "# " + words + std::to_string(i) + "\n" + body + "\n";
  Library library;
  const auto before = library.search({.text = "deadlock detected", .engine = "postgres"});
  library.setOwn(sectionsOf("stuffed.md", many));
  const auto hits = library.search({.text = "deadlock detected", .engine = "postgres"});
  CHECK(hits.at(0).anchor == before.at(0).anchor);
  CHECK(std::ranges::count_if(hits,
                              [](const Hit& hit) { return hit.anchor.starts_with("user:"); }) <= 3);
}

}  // namespace mydba::rag
