#include "ai/redact/restored_arguments.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "ai/redact/private_shapes.h"
#include "ai/redact/prose_sql.h"
#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/literal.h"
#include "sql/word_sets.h"

namespace mydba::ai {
namespace {

using sql::Token;
using sql::TokenKind;

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// With the quote doubled in it.
std::string inQuotes(std::string_view name, char open, char close) {
  std::string text(1, open);
  for (const char c : name) {
    if (c == close) text += c;
    text += c;
  }
  return text + close;
}

/// An argument of a command line, as redis-cli reads one (sql/command_line.h).
std::string asArgument(std::string_view value) {
  const auto plain = [](char c) {
    return isWordByte(c) || std::string_view(":.-+*/@=,%").find(c) != std::string_view::npos;
  };
  if (!value.empty() && std::ranges::all_of(value, plain)) return std::string(value);
  std::string text = "\"";
  for (const char c : value) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      text.append(1, '\\').append(1, c);
    else if (byte < 0x20 || byte == 0x7f)
      text.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    else
      text += c;
  }
  return text + '"';
}

/// `:text_1` at the start of `text`, or nothing.
std::string_view placeholderAt(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && isWordByte(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  return looksLikePlaceholder(word) ? word : std::string_view();
}

class ArgumentRestorer {
 public:
  explicit ArgumentRestorer(const Conversation& conversation) : conversation_(conversation) {}

  std::string restore(std::string_view text) const {
    if (sqlLength(text, *conversation_.dialect) == 0) return plain(text);
    return conversation_.dialect->lineCommands ? commands(text) : statement(text);
  }

 private:
  /// What a placeholder of a name stands for: a name that looks like something else.
  const std::string* nameBehind(std::string_view placeholder) const {
    return placeholder.starts_with(":name_") ? conversation_.placeholders.spelling(placeholder)
                                             : nullptr;
  }

  /// A name, the path of one, or words.
  std::string plain(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const bool colon = text[at] == ':';
      const std::string_view placeholder =
          colon ? placeholderAt(text.substr(at)) : std::string_view();
      if (const std::string* name = nameBehind(placeholder)) {
        out += *name;
        at += placeholder.size();
        continue;
      }
      std::size_t end = at + 1;
      while (isWordByte(text[at]) && end < text.size() && isWordByte(text[end])) ++end;
      const std::string_view word = text.substr(at, end - at);
      const AliasedName* aliased = conversation_.aliases.named(word);
      out += aliased ? aliased->name : word;
      at = end;
    }
    return out;
  }

  std::string statement(std::string_view text) const {
    std::string out;
    std::size_t end = 0;
    sql::Lexer lexer(text, *conversation_.dialect);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
      out += text.substr(end, token.start - end);
      const std::string_view spelled = lexer.textOf(token);
      end = token.end;
      switch (token.kind) {
        case TokenKind::string: out += string(spelled); break;
        case TokenKind::quotedName: out += quotedName(spelled); break;
        case TokenKind::word:
          out += word(spelled, token.start > 0 ? text[token.start - 1] : ' ');
          break;
        case TokenKind::comment: out += plain(spelled); break;  // hints name tables
        case TokenKind::symbol: {
          const bool cast = token.start > 0 && text[token.start - 1] == ':';
          const std::string_view placeholder = spelled == ":" && !cast
                                                   ? placeholderAt(text.substr(token.start))
                                                   : std::string_view();
          const std::string* value = valueBehind(placeholder);
          out += value ? std::string_view(*value) : spelled;
          if (value) lexer.skipTo(end = token.start + placeholder.size());
          break;
        }
        default: out += spelled;
      }
    }
    return out.append(text.substr(end));
  }

  const std::string* valueBehind(std::string_view placeholder) const {
    if (placeholder.empty()) return nullptr;
    const std::string* literal = conversation_.placeholders.literal(placeholder);
    return literal ? literal : nameBehind(placeholder);
  }

  std::string word(std::string_view spelled, char before) const {
    const AliasedName* aliased = conversation_.aliases.named(spelled);
    if (!aliased) return std::string(spelled);
    const bool parameter = before == ':' || before == '@' || before == '$';
    char quote = aliased->quote;
    if (sql::reservedWords.contains(sql::findKeyword(aliased->name)))
      quote = conversation_.dialect->doubleQuotedStrings ? '`' : '"';
    if (!quote || parameter) return aliased->name;
    return inQuotes(aliased->name, quote, quote);
  }

  std::string quotedName(std::string_view spelled) const {
    const std::string inside = sql::literalValue(spelled, *conversation_.dialect);
    const AliasedName* aliased = conversation_.aliases.named(inside);
    if (!aliased || !sql::isClosed(spelled, *conversation_.dialect)) return std::string(spelled);
    // One that the user spells with capitals and without quotes is another in quotes.
    const bool folds = !aliased->quote && !conversation_.dialect->quotedNamesFold;
    if (folds && sql::lowerCase(aliased->name) != aliased->name) return aliased->name;
    return inQuotes(aliased->name, spelled.front(), spelled.back());
  }

  /// A text that is nothing but a placeholder, or the name of something: `':text_1'`, `'t1'`.
  std::string string(std::string_view spelled) const {
    const std::string inside = sql::literalValue(spelled, *conversation_.dialect);
    const char quote = spelled.front();
    const bool quoted = (quote == '\'' || quote == '"') && spelled.back() == quote &&
                        sql::isClosed(spelled, *conversation_.dialect);
    if (!quoted) return std::string(spelled);
    if (inside.starts_with(':') && placeholderAt(inside).size() == inside.size())
      if (const std::string* value = valueBehind(inside)) {
        const bool number = value->find_first_not_of("0123456789.") == value->npos;
        return number ? inQuotes(*value, quote, quote) : *value;
      }
    const auto names = path(inside);
    return names ? escaped(*names, quote) : std::string(spelled);
  }

  /// `s1.t1`, if all of it are aliases.
  std::optional<std::string> path(std::string_view text) const {
    std::string names;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t dot = std::min(text.find('.', at), text.size());
      const AliasedName* aliased = conversation_.aliases.named(text.substr(at, dot - at));
      if (!aliased) return std::nullopt;
      if (at > 0) names += '.';
      names += aliased->name;
      at = dot + 1;
    }
    return names;
  }

  std::string escaped(std::string_view text, char quote) const {
    std::string doubled;
    for (const char c : text) {
      if (c == '\\' && conversation_.dialect->backslashEscapes) doubled += c;
      doubled += c;
    }
    return inQuotes(doubled, quote, quote);
  }

  /// Lines of commands, whose arguments are placeholders or not.
  std::string commands(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      if (isBlank(text[at])) {
        out += text[at++];
        continue;
      }
      const std::size_t end = argumentEnd(text, at);
      std::string_view word = text.substr(at, end - at);
      const bool quoted =
          word.size() > 2 && (word[0] == '"' || word[0] == '\'') && word.back() == word[0];
      const std::string_view inside = quoted ? word.substr(1, word.size() - 2) : word;
      const bool whole = inside.starts_with(':') && placeholderAt(inside).size() == inside.size();
      const std::string* value = whole ? conversation_.placeholders.literal(inside) : nullptr;
      out += value ? asArgument(*value) : std::string(word);
      at = end;
    }
    return out;
  }

  static std::size_t argumentEnd(std::string_view text, std::size_t at) {
    for (char quote = '\0'; at < text.size(); ++at) {
      const char c = text[at];
      if (!quote && isBlank(c)) return at;
      if (quote && c == '\\')
        ++at;
      else if (quote ? c == quote : c == '"' || c == '\'')
        quote = quote ? '\0' : c;
    }
    return text.size();
  }

  const Conversation& conversation_;
};

}  // namespace

nlohmann::ordered_json restoredArguments(const Conversation& conversation,
                                         const nlohmann::ordered_json& arguments) {
  nlohmann::ordered_json made = arguments;
  if (made.is_string())
    made = ArgumentRestorer(conversation).restore(made.get_ref<const std::string&>());
  else if (made.is_structured())
    for (auto& each : made) each = restoredArguments(conversation, each);
  return made;
}

}  // namespace mydba::ai
