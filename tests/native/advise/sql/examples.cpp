#include "native/advise/sql/examples.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace mydba::advise {
namespace {

/// `{1..3}` → `1, 2, 3`, `{(1)x3}` → `(1), (1), (1)`: lists too long to be written.
std::string expand(std::string text) {
  const auto open = text.find('{');
  const auto close = text.find('}', open);
  if (open == text.npos || close == text.npos) return text;
  const std::string inside = text.substr(open + 1, close - open - 1);
  std::string list;
  const auto range = inside.find("..");
  const auto times = inside.rfind('x');
  if (range != inside.npos) {
    for (int i = std::stoi(inside); i <= std::stoi(inside.substr(range + 2)); ++i)
      list += (list.empty() ? "" : ", ") + std::to_string(i);
  } else {
    for (int i = std::stoi(inside.substr(times + 1)); i > 0; --i)
      list += (list.empty() ? "" : ", ") + inside.substr(0, times);
  }
  return text.replace(open, close - open + 1, list);
}

/// `-- bad (refused): postgres sqlite`
Example example(const std::string& head, const std::string& file, const std::string& rule) {
  Example found{.file = file, .rule = rule, .bad = head.starts_with("-- bad")};
  found.refused = head.find("(refused)") != head.npos;
  if (const auto digit = head.find_first_of("0123456789"); digit < head.find(':'))
    found.version = std::stoi(head.substr(digit));
  std::istringstream words(head.substr(head.find(':') + 1));
  for (std::string word; words >> word;) found.dialects.push_back(word);
  if (found.dialects == std::vector<std::string>{"all"})
    found.dialects = {"postgres", "mysql", "mariadb", "sqlite"};
  return found;
}

void readFile(const std::filesystem::path& path, std::vector<Example>& all) {
  std::ifstream file(path);
  std::string* text = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line == "-- fixed") {
      text = &all.back().fixed.emplace();
    } else if (line.starts_with("-- bad") || line.starts_with("-- good") ||
               line.starts_with("-- near")) {
      all.push_back(example(line, path.filename(), path.stem()));
      text = &all.back().sql;
    } else if (text) {
      *text += (text->empty() ? "" : "\n") + expand(line);
    }
  }
}

std::string folder() { return MYDBA_SOURCE_DIR "/tests/sql/lint"; }

}  // namespace

std::vector<Example> readExamples() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder()))
    if (entry.path().extension() == ".sql") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Example> all;
  for (const auto& path : files) readFile(path, all);
  return all;
}

std::vector<std::string> readStatements(const std::string& name) {
  std::ifstream file(folder() + "/" + name);
  std::vector<std::string> all;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && !line.starts_with("-- ")) all.push_back(line);
  return all;
}

}  // namespace mydba::advise
