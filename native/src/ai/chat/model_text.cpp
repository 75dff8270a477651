#include "ai/chat/model_text.h"

#include <algorithm>
#include <cctype>

#include "ai/markdown.h"
#include "sql/dialect.h"
#include "sql/keyword.h"

namespace mydba::ai {
namespace {

/// Enough of a line to know how it begins.
constexpr std::size_t lineBeginning = 24;
/// A line without an end is shown up to here at the latest.
constexpr std::size_t longestHeld = 4096;

std::string_view withoutIndent(std::string_view line) {
  const std::size_t text = line.find_first_not_of(' ');
  return text == std::string_view::npos ? std::string_view() : line.substr(text);
}

/// The run of backticks or tildes, three at least, that a line begins with; empty when there is
/// none.
std::string_view fenceOf(std::string_view line) {
  const std::string_view text = withoutIndent(line);
  if (text.empty() || (text[0] != '`' && text[0] != '~')) return {};
  const std::size_t end = std::min(text.find_first_not_of(text[0]), text.size());
  return end >= 3 ? text.substr(0, end) : std::string_view();
}

bool isSqlName(std::string_view language) {
  const std::string lower = sql::lowerCase(std::string(language));
  return lower == "sql" || lower == "postgresql" || sql::findDialect(lower);
}

/// A word of letters for the language of a fence; nothing else, since it comes from the model.
std::string languageOf(std::string_view info) {
  std::string word;
  for (const char c : withoutIndent(info)) {
    if (!std::isalnum(static_cast<unsigned char>(c))) break;
    word += c;
  }
  return word.substr(0, 20);
}

/// A span of code with more backticks around it than it has inside.
std::string plainCodeSpan(std::string_view code) {
  std::string clean;
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    clean += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  const std::string ticks(longest + 1, '`');
  return longest ? ticks + " " + clean + " " + ticks : ticks + clean + ticks;
}

/// In a table a bar ends the cell, and with it the span
/// (https://github.github.com/gfm/#tables-extension-): so no span has one in it.
std::string codeSpan(std::string_view code) {
  std::string out;
  for (std::size_t start = 0; start <= code.size();) {
    const std::size_t bar = std::min(code.find('|', start), code.size());
    if (bar > start) out += plainCodeSpan(code.substr(start, bar - start));
    if (bar < code.size()) out += "\\|";
    start = bar + 1;
  }
  return out;
}

/// Something that would be alive where a reader of Markdown takes the span for no code. marked (14)
/// does so when emphasis or a deletion begins before it.
bool isHarmlessCode(std::string_view code) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    const std::string_view rest = code.substr(i);
    if (rest.starts_with("](") || rest.starts_with("][") || rest.starts_with(":/") ||
        rest.starts_with("www") || rest.starts_with("WWW") || code[i] == '@')
      return false;
    const char next = rest.size() > 1 ? rest[1] : ' ';
    if (code[i] == '<' && (std::isalpha(static_cast<unsigned char>(next)) || next == '/' ||
                           next == '!' || next == '?'))
      return false;
  }
  return true;
}

/// Where in `text`, behind the first `ticks`, a run of exactly as many backticks begins.
std::size_t closingRun(std::string_view text, std::size_t ticks) {
  for (std::size_t at = text.find('`', ticks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
    if (end - at == ticks) return at;
    at = text.find('`', end);
  }
  return std::string_view::npos;
}

/// A character that would begin something, or an address go on, where it stands.
bool isActive(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char before = at > 0 ? text[at - 1] : '\0';
  // What comes next may not be there yet; a rule of a table has its colons beside dashes.
  if (c == ':') return at + 1 == text.size() ? before != '-' : text[at + 1] == '/';
  if (c == '.') return at == 0 || before == 'w' || before == 'W';
  return std::string_view("<>&[]\\$@!{}").find(c) != std::string_view::npos;
}

/// U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069: they hide or turn around what follows.
bool isInvisible(std::string_view at) {
  if (at.size() < 3 || static_cast<unsigned char>(at[0]) != 0xE2) return false;
  const auto second = static_cast<unsigned char>(at[1]);
  const auto third = static_cast<unsigned char>(at[2]);
  if (second == 0x80) return (third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE);
  return second == 0x81 && third >= 0xA0 && third <= 0xA9;
}

/// The number in `[12]` at the start of `text`, and how long that is; 0 when it is none.
std::size_t citationLength(std::string_view text, int& number) {
  std::size_t end = 1;
  number = 0;
  while (end < text.size() && end < 4 && std::isdigit(static_cast<unsigned char>(text[end])))
    number = number * 10 + (text[end++] - '0');
  return end > 1 && end < text.size() && text[end] == ']' ? end + 1 : 0;
}

}  // namespace

void ModelText::feed(std::string_view piece) {
  held_ += piece;
  std::size_t start = 0;
  for (std::size_t end = held_.find('\n'); end != std::string::npos;
       end = held_.find('\n', start)) {
    takeLine(std::string_view(held_).substr(start, end - start), /*ended=*/true);
    start = end + 1;
  }
  held_.erase(0, start);
  if (fence_.empty() && (!lineStart_ || held_.size() >= lineBeginning)) takeText();
}

void ModelText::finish() {
  if (!held_.empty()) {
    const std::string rest = std::move(held_);
    held_.clear();
    takeLine(rest, /*ended=*/false);
  }
  if (!fence_.empty()) endFence();
}

void ModelText::takeLine(std::string_view line, bool ended) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (!fence_.empty()) {
    const std::string_view closing = fenceOf(line);
    const bool closes = closing.starts_with(fence_) &&
                        withoutIndent(line).find_first_not_of(fence_[0]) == std::string_view::npos;
    if (closes) return endFence();
    code_ += line;
    code_ += '\n';
    return;
  }
  if (lineStart_) {
    if (const std::string_view fence = fenceOf(line); !fence.empty()) {
      fence_ = fence;
      language_ = languageOf(withoutIndent(line).substr(fence.size()));
      code_.clear();
      return;
    }
  }
  std::string whole(line);
  if (ended) whole += '\n';
  show(inlineText(whole));
  lineStart_ = true;
}

/// Shows what of a line without its end cannot change its meaning any more: whole words before the
/// last blank, unless a span of code is open.
void ModelText::takeText() {
  if (lineStart_ && !fenceOf(held_).empty()) return;
  const auto ticks = std::count(held_.begin(), held_.end(), '`');
  if (ticks % 2 != 0 && held_.size() < longestHeld) return;
  const std::size_t blank = held_.rfind(' ');
  const std::size_t end = held_.size() >= longestHeld ? held_.size() : blank;
  if (end == std::string::npos || end == 0) return;
  std::string text = inlineText(std::string_view(held_).substr(0, end));
  held_.erase(0, end);
  lineStart_ = false;
  show(std::move(text));
}

void ModelText::show(std::string markdown) {
  if (markdown.empty()) return;
  afterTick_ = markdown.back() == '`';
  listener_.show(std::move(markdown));
}

std::string ModelText::inlineText(std::string_view text) const {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const std::string_view rest = text.substr(i);
    if (c == '`') {
      const std::size_t ticks = std::min(rest.find_first_not_of('`'), rest.size());
      const std::size_t close = closingRun(rest, ticks);
      if (close == std::string_view::npos) {
        // An escaped one is taken for the beginning of code by marked (14), which looks for the end
        // of emphasis without minding escapes.
        out.append(ticks, '\'');
        i += ticks;
      } else {
        const std::string_view code = rest.substr(ticks, close - ticks);
        // Two runs of backticks side by side would be one.
        if (out.empty() ? afterTick_ : out.back() == '`') out += ' ';
        out += isHarmlessCode(code) ? codeSpan(code) : inlineText(code);
        i += close + ticks;
      }
      continue;
    }
    int number = 0;
    if (const std::size_t length = c == '[' ? citationLength(rest, number) : 0; length) {
      if (listener_.cited && listener_.cited(number)) out += "\\[" + std::to_string(number) + "\\]";
      i += length;
      continue;
    }
    if (isInvisible(rest)) {
      i += 3;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (c != '\n' && (byte < 0x20 || byte == 0x7f)) {
      out += ' ';
    } else if (isActive(text, i)) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
    ++i;
  }
  return out;
}

void ModelText::endFence() {
  fence_.clear();
  lineStart_ = true;
  std::string code = std::move(code_);
  code_.clear();
  if (listener_.sql && isSqlName(language_)) return listener_.sql(std::move(code));
  show(codeBlock(language_, code));
}

}  // namespace mydba::ai
