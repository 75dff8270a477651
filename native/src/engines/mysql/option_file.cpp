#include "engines/mysql/option_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace mydba::mysql {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Removes quotes, and resolves the escapes \b \t \n \r \\ \s that option files know.
std::string valueOf(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      value += text[i];
      continue;
    }
    constexpr std::string_view names = "btnrs\\", values = "\b\t\n\r \\";
    const auto known = names.find(text[++i]);
    if (known == std::string_view::npos) value += '\\';
    value += known == std::string_view::npos ? text[i] : values[known];
  }
  return value;
}

bool isClientGroup(std::string_view line) {
  return line == "[client]" || line == "[client-server]" || line == "[client-mariadb]";
}

}  // namespace

OptionFile readOptionFile(std::string_view text) {
  OptionFile options;
  bool inGroup = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[') {
      inGroup = isClientGroup(line);
      continue;
    }
    const auto equals = line.find('=');
    if (!inGroup || equals == std::string_view::npos) continue;
    const auto key = trimmed(line.substr(0, equals));
    const auto value = trimmed(line.substr(equals + 1));
    if (key == "user") options.user = valueOf(value);
    if (key == "password") options.password = valueOf(value);
  }
  return options;
}

OptionFile readUserOptionFile() {
  const char* home = std::getenv("HOME");
  if (!home) return {};
  const std::string path = std::string(home) + "/.my.cnf";
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return {};
  if ((info.st_mode & S_IWOTH) != 0 || (info.st_uid != ::geteuid() && ::geteuid() != 0)) return {};
  std::ifstream file(path, std::ios::binary);
  return readOptionFile(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace mydba::mysql
