#include "engines/mysql/statement.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "sql/keyword.h"

namespace mydba::mysql {
namespace {

bool isWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) || c == '_' || c == '$';
}

/// Position after the quoted text that starts at `at`; a doubled quote stands for itself, and a
/// backslash escapes except in names.
std::size_t quoteEnd(std::string_view sql, std::size_t at) {
  const char quote = sql[at++];
  for (; at < sql.size(); ++at) {
    if (sql[at] == '\\' && quote != '`') {
      ++at;
    } else if (sql[at] == quote) {
      if (at + 1 >= sql.size() || sql[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return sql.size();
}

/// Position after a comment that starts at `at`, or `at` when none does. Of `/*!40101` and
/// `/*M!100100` only the opening is skipped: what follows is executed.
std::size_t commentEnd(std::string_view sql, std::size_t at) {
  const auto rest = sql.substr(at);
  const bool dashes = rest.starts_with("--") &&
                      (rest.size() == 2 || std::isspace(static_cast<unsigned char>(rest[2])));
  if (rest.starts_with("#") || dashes) {
    const auto end = sql.find('\n', at);
    return end == std::string_view::npos ? sql.size() : end + 1;
  }
  if (!rest.starts_with("/*")) return rest.starts_with("*/") ? at + 2 : at;
  if (rest.starts_with("/*!") || rest.starts_with("/*M!")) {
    at += rest[2] == '!' ? 3 : 4;
    while (at < sql.size() && std::isdigit(static_cast<unsigned char>(sql[at]))) ++at;
    return at;
  }
  const auto end = sql.find("*/", at + 2);
  return end == std::string_view::npos ? sql.size() : end + 2;
}

}  // namespace

std::vector<Token> tokens(std::string_view sql) {
  std::vector<Token> list;
  int depth = 0;
  for (std::size_t at = 0; at < sql.size();) {
    const char c = sql[at];
    if (const auto end = commentEnd(sql, at); end != at) {
      at = end;
      continue;
    }
    if (std::isspace(static_cast<unsigned char>(c))) {
      ++at;
      continue;
    }
    auto end = at + 1;
    auto kind = Token::Kind::symbol;
    if (c == '\'' || c == '"' || c == '`') {
      end = quoteEnd(sql, at);
      kind = c == '`' ? Token::Kind::quotedName : Token::Kind::text;
    } else if (isWordByte(c)) {
      while (end < sql.size() && isWordByte(sql[end])) ++end;
      kind = Token::Kind::word;
    }
    if (c == ')') --depth;
    list.push_back({kind, sql.substr(at, end - at), depth});
    if (c == '(') ++depth;
    at = end;
  }
  return list;
}

std::string unquoted(const Token& token) {
  if (token.kind != Token::Kind::quotedName) return std::string(token.text);
  std::string name;
  const auto inside = token.text.substr(1, token.text.size() < 2 ? 0 : token.text.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    name += inside[i];
    if (inside[i] == '`') ++i;
  }
  return name;
}

std::string quoteName(std::string_view name) {
  std::string text = "`";
  for (const char c : name) {
    text += c;
    if (c == '`') text += c;
  }
  return text + '`';
}

std::string literal(std::string_view value) {
  const bool number =
      !value.empty() && value.size() < 25 && value.find_first_not_of("0123456789.-") == value.npos;
  if (number) return std::string(value);
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += c;
    text += c;
  }
  return text + "'";
}

bool isWord(const Token& token, std::string_view upperCase) {
  return token.kind == Token::Kind::word && sql::isKeyword(token.text, upperCase);
}

std::string command(std::string_view sql) {
  constexpr std::array<std::string_view, 4> mains = {"SELECT", "UPDATE", "DELETE", "TABLE"};
  const auto list = tokens(sql);
  const auto isPlainWord = [](const Token& t) { return t.kind == Token::Kind::word; };
  const auto first = std::find_if(list.begin(), list.end(), isPlainWord);
  if (first == list.end()) return {};
  if (!isWord(*first, "WITH")) return sql::upperCase(std::string(first->text));
  const auto main = std::find_if(first, list.end(), [&](const Token& token) {
    return token.depth == first->depth &&
           std::any_of(mains.begin(), mains.end(), [&](auto word) { return isWord(token, word); });
  });
  return main == list.end() ? "WITH" : sql::upperCase(std::string(main->text));
}

bool mentions(std::string_view sql, std::string_view upperCase) {
  const auto list = tokens(sql);
  return std::any_of(list.begin(), list.end(),
                     [&](const Token& token) { return isWord(token, upperCase); });
}

}  // namespace mydba::mysql
