#include <algorithm>
#include <map>
#include <string>

#include "base/embedded.h"
#include "privacy/name_words.h"
#include "privacy/secrets.h"
#include "sql/keyword.h"

namespace mydba::privacy {
namespace {

enum class Holds { unknown, secret, command, nothing };

using Book = std::map<std::string_view, Holds>;

/// The format is described in the file's first lines.
Book readBook(std::string_view text) {
  Book book;
  Holds holds = Holds::unknown;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with('#')) continue;
    if (line == "[secret]") holds = Holds::secret;
    if (line == "[command]") holds = Holds::command;
    if (line == "[harmless]") holds = Holds::nothing;
    if (line.starts_with('[')) continue;
    while (!line.empty()) {
      const std::size_t blank = std::min(line.find(' '), line.size());
      if (blank > 0) book.emplace(line.substr(0, blank), holds);
      line.remove_prefix(std::min(blank + 1, line.size()));
    }
  }
  return book;
}

Holds holdsOf(std::string_view name) {
  static const Book book = readBook(embeddedFile("native/src/privacy/data/settings.txt"));
  const auto known = book.find(name);
  return known == book.end() ? Holds::unknown : known->second;
}

bool isSwitch(std::string_view value) {
  const std::string lower = sql::lowerCase(std::string(value));
  constexpr std::string_view words[] = {"on", "off", "yes", "no", "true", "false", "auto"};
  return std::ranges::find(words, lower) != std::end(words);
}

bool isNumber(std::string_view value) {
  return value.find_first_not_of("0123456789.-") == value.npos;
}

/// `smtp_password` rather than `password_lifetime`: what it holds may be all digits.
bool endsInSecret(std::string_view name) {
  const auto words = nameWords(name);
  constexpr std::string_view last[] = {"auth",   "pass", "passphrase", "password",
                                       "passwd", "pwd",  "secret",     "token"};
  return !words.empty() && std::ranges::find(last, words.back()) != std::end(last);
}

bool isWord(std::string_view value, std::size_t at) {
  return at < value.size() && value[at] != ' ';
}

/// `--password p`, `-u name:p`: the word behind an option that is called so.
void addArguments(std::string_view command, std::vector<Secret>& found) {
  std::string_view before;
  for (std::size_t at = 0; at < command.size();) {
    while (at < command.size() && command[at] == ' ') ++at;
    const std::size_t start = at;
    while (isWord(command, at)) ++at;
    const std::string_view word = command.substr(start, at - start);
    const bool isOption = before.starts_with('-');
    before.remove_prefix(std::min(before.find_first_not_of('-'), before.size()));
    if (isOption && !word.empty() && (before == "u" || before == "user" || namesSecret(before)))
      found.push_back({start, at});
    before = word;
  }
}

/// Sorted, those that overlap made one.
std::vector<Secret> merged(std::vector<Secret> found) {
  std::ranges::sort(found, {}, &Secret::start);
  std::vector<Secret> apart;
  for (const Secret& secret : found) {
    if (!apart.empty() && secret.start <= apart.back().end)
      apart.back().end = std::max(apart.back().end, secret.end);
    else
      apart.push_back(secret);
  }
  return apart;
}

}  // namespace

std::vector<Secret> secretsOfSetting(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  const Holds holds = holdsOf(name);
  if (holds == Holds::nothing) return {};
  if (holds == Holds::secret) return {{0, value.size()}};
  if (holds == Holds::unknown && namesSecret(name) && !isSwitch(value) &&
      (endsInSecret(name) || !isNumber(value)))
    return {{0, value.size()}};
  auto found = secretsOfText(value);
  if (holds == Holds::command) addArguments(value, found);
  return merged(std::move(found));
}

}  // namespace mydba::privacy
