#include "rag/folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/utf8.h"

namespace mydba::rag {
namespace {

namespace fs = std::filesystem;

/// Longer headings are cut in titles and anchors.
constexpr std::size_t longestHeading = 120;

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

/// A regular file's text. Doesn't wait for the other end of a pipe, and doesn't follow a link that
/// was put there after the folder was listed.
std::optional<std::string> readText(const fs::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0 || !S_ISREG(status.st_mode))
    return std::nullopt;
  std::string text;
  char bytes[65536];
  for (;;) {
    const ssize_t count = ::read(file.number, bytes, sizeof bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 || text.size() + static_cast<std::size_t>(count) > largestFile)
      return std::nullopt;
    if (count == 0) return text;
    text.append(bytes, static_cast<std::size_t>(count));
  }
}

bool isDocument(const fs::path& path) {
  const auto extension = path.extension();
  return extension == ".md" || extension == ".markdown" || extension == ".txt";
}

bool isInside(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

/// The file that an entry is or, inside of the folder, links to; empty for what is not read.
fs::path fileOf(const fs::directory_entry& entry, const fs::path& folder) {
  std::error_code error;
  if (!isDocument(entry.path()) || !entry.is_regular_file(error)) return {};
  const fs::path real = fs::canonical(entry.path(), error);
  return error || !isInside(real, folder) ? fs::path() : real;
}

/// `#` to `###` and a blank; the heading's text.
std::optional<std::string_view> headingOf(std::string_view line) {
  const auto level = line.find_first_not_of('#');
  if (level == 0 || level > 3 || level == std::string_view::npos || line[level] != ' ')
    return std::nullopt;
  return line.substr(std::min(line.find_first_not_of(' ', level), line.size()));
}

/// What a heading is linked by: lower case, blanks as dashes.
std::string slug(std::string_view heading) {
  std::string out;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 'A' && byte <= 'Z')
      out += static_cast<char>(byte + ('a' - 'A'));
    else if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'))
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out;
}

}  // namespace

std::vector<Passage> sectionsOf(std::string_view path, std::string_view text) {
  std::vector<Passage> passages;
  const std::string anchor = "user:" + std::string(path);
  Passage open{.anchor = anchor, .title = std::string(path), .engine = "all"};
  const auto close = [&] {
    if (open.text.find_first_not_of(" \n\r\t") != std::string::npos) passages.push_back(open);
  };
  bool inCode = false;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("```")) inCode = !inCode;
    const auto heading = inCode ? std::nullopt : headingOf(line);
    if (heading) {
      close();
      const auto title = utf8Prefix(*heading, longestHeading);
      open = {.anchor = anchor + "#" + slug(title), .title = std::string(title), .engine = "all"};
    } else {
      open.text.append(line).push_back('\n');
    }
  }
  close();
  return passages;
}

Result<FolderReport> Folder::refresh() {
  std::error_code error;
  const fs::path folder = fs::canonical(path_, error);
  auto entry = fs::recursive_directory_iterator(
      folder, fs::directory_options::skip_permission_denied, error);
  if (error)
    return Error{.code = ErrorCode::io,
                 .message = path_.string() + ": " + error.message(),
                 .hint = "name a folder of Markdown or text files"};
  FolderReport report;
  std::map<std::string, File> found;
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().filename().native().starts_with('.') || entry.depth() >= deepestFolder)
      entry.disable_recursion_pending();
    const fs::path file = fileOf(*entry, folder);
    if (file.empty()) continue;
    std::string name = entry->path().lexically_relative(folder).generic_string();
    std::error_code gone;
    File now{.size = fs::file_size(file, gone), .changed = fs::last_write_time(file, gone)};
    if (gone || !validUtf8(name)) continue;
    if (now.size > largestFile || found.size() == mostFiles) {
      report.skipped.push_back(
          name + (now.size > largestFile ? ": larger than 1 MiB" : ": more than 2000 files"));
      if (found.size() == mostFiles) break;
      continue;
    }
    const auto before = files_.find(name);
    if (before != files_.end() && before->second.size == now.size &&
        before->second.changed == now.changed) {
      now.passages = std::move(before->second.passages);
    } else {
      const auto text = readText(file);
      if (!text || !validUtf8(*text)) {
        report.skipped.push_back(name + (text ? ": not UTF-8" : ": can't be read"));
        continue;
      }
      now.passages = sectionsOf(name, *text);
      ++report.read;
    }
    found.emplace(std::move(name), std::move(now));
  }
  files_ = std::move(found);
  report.files = files_.size();
  return report;
}

std::vector<Passage> Folder::passages() const {
  std::vector<Passage> all;
  for (const auto& [path, file] : files_)
    all.insert(all.end(), file.passages.begin(), file.passages.end());
  return all;
}

}  // namespace mydba::rag
