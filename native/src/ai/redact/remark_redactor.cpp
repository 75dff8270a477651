// What a server or this program said of a statement, for a model. Servers quote what they were
// given, whole or cut off: a key that is there already, the place of a syntax error, a row that
// breaks a constraint. So what stands in quotes or parentheses goes unless it is a name of the
// statement, and every word that a value or comment of the statement holds goes wherever it stands.
// Findings quote conditions of a plan, and are treated the same, but for their counts.

#include <algorithm>
#include <span>
#include <utility>

#include "ai/redact/conversation.h"
#include "ai/redact/private_shapes.h"
#include "ai/redact/statement_words.h"

namespace mydba::ai {
namespace {

class RemarkRedactor {
 public:
  RemarkRedactor(Draft& draft, Conversation& conversation, std::span<const std::string> quoted,
                 Numbers numbers)
      : draft_(draft), conversation_(conversation), quoted_(quoted), numbers_(numbers) {
    for (const std::string& text : quoted) words_.learn(text, *conversation.dialect);
  }

  void run(std::string_view message) {
    // What follows repeats the statement, with a mark under it.
    message = message.substr(0, message.find('\n'));
    while (!message.empty()) {
      if (takesQuoted(message)) continue;
      // Findings say more in parentheses than lists of names.
      const std::size_t open = message.find_first_of(numbers_ == Numbers::keep ? "'\"`" : "'\"`(");
      const std::size_t end = std::min({open, nextQuoted(message), message.size()});
      plain(message.substr(0, end));
      message.remove_prefix(end);
      if (end != open) continue;
      const std::size_t size = quotedSize(message);
      quoted(message.substr(0, size));
      message.remove_prefix(size);
    }
  }

 private:
  /// One of the quoted texts as a whole: longer than a word, so that it is no accident, and with
  /// pairs of quotes only, so that it does not take one of those that the message puts around a
  /// value.
  static bool isWhole(std::string_view text) {
    const auto pairs = [&](char quote) { return std::ranges::count(text, quote) % 2 == 0; };
    return text.find(' ') != text.npos && pairs('\'') && pairs('"') && pairs('`') &&
           std::ranges::count(text, '(') == std::ranges::count(text, ')');
  }

  bool takesQuoted(std::string_view& message) {
    const std::string* longest = nullptr;
    for (const std::string& text : quoted_)
      if (isWhole(text) && message.starts_with(text) && (!longest || longest->size() < text.size()))
        longest = &text;
    if (!longest) return false;
    redactSql(draft_, conversation_, *longest);
    message.remove_prefix(longest->size());
    return true;
  }

  std::size_t nextQuoted(std::string_view message) const {
    std::size_t next = message.npos;
    for (const std::string& text : quoted_)
      if (isWhole(text)) next = std::min(next, message.find(text));
    return next;
  }

  /// Bytes up to the end of what is quoted at the start. A quote within is not escaped, so it ends
  /// where none is left.
  static std::size_t quotedSize(std::string_view message) {
    const char close = message[0] == '(' ? ')' : message[0];
    std::size_t end = message.find(close, 1);
    if (message[0] == '\'') {
      const std::size_t last = message.rfind('\'');
      // MySQL: near '…' at line 1
      const std::size_t place = message.find("' at line ");
      if (place != message.npos) return place + 1;
      // Between two quoted things stand words of the server; a value with a quote in it has none.
      if (std::ranges::count(message, '\'') % 2 != 0) end = last > 0 ? last : message.npos;
    }
    return end == message.npos ? message.size() : end + 1;
  }

  void plain(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && isWordByte(text[end])) ++end;
      const std::string_view word = text.substr(at, end - at);
      if (isValue(word)) {
        redactProse(draft_, conversation_, std::exchange(kept, {}), numbers_);
        putValue(draft_, conversation_, ValueKind::text, word, word);
      } else {
        kept += word;
      }
      if (end < text.size()) kept += text[end];
      at = end + 1;
    }
    redactProse(draft_, conversation_, kept, numbers_);
  }

  /// A small number is a count more likely than a value of the statement.
  bool isValue(std::string_view word) const {
    constexpr std::size_t small = 3;
    const bool number = word.find_first_not_of("0123456789") == word.npos;
    if (number && numbers_ == Numbers::keep && word.size() <= small) return false;
    return words_.isValue(word) && !words_.isName(word);
  }

  void quoted(std::string_view text) {
    const std::string_view inside =
        text.size() > 2 ? text.substr(1, text.size() - 2) : std::string_view();
    const bool code = text.front() == '`' && numbers_ == Numbers::keep;
    if (!inside.empty() && (code || isNameOfStatement(inside))) {
      draft_.text += text.front();
      redactSql(draft_, conversation_, inside);
      draft_.text += text.back();
    } else {
      putValue(draft_, conversation_, ValueKind::text, inside, text);
    }
  }

  /// `orders`, `shop.orders`, `a, b`
  bool isNameOfStatement(std::string_view text) const {
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find_first_of(".,", at), text.size());
      std::string_view part = text.substr(at, end - at);
      if (part.starts_with(' ')) part.remove_prefix(1);
      if (words_.isValue(part) || (!words_.isName(part) && !conversation_.aliases.find(part)))
        return false;
      at = end + 1;
    }
    return true;
  }

  Draft& draft_;
  Conversation& conversation_;
  const std::span<const std::string> quoted_;
  const Numbers numbers_;
  StatementWords words_;
};

}  // namespace

void redactRemark(Draft& draft, Conversation& conversation, std::string_view remark,
                  std::span<const std::string> quoted, Numbers numbers) {
  RemarkRedactor(draft, conversation, quoted, numbers).run(remark);
}

void redactError(Draft& draft, Conversation& conversation, const Error& error,
                 std::string_view statement) {
  if (!error.engineCode.empty()) {
    redactProse(draft, conversation, error.engineCode);
    draft.text += ": ";
  }
  const std::string quoted(statement);
  redactRemark(draft, conversation, error.message, {&quoted, 1}, Numbers::mask);
}

void redactFinding(Draft& draft, Conversation& conversation, const protocol::Finding& finding,
                   std::span<const std::string> quoted) {
  RemarkRedactor redactor(draft, conversation, quoted, Numbers::keep);
  draft.text += finding.id + ": ";
  for (const std::string* sentence : {&finding.title, &finding.message, &finding.advice}) {
    if (sentence->empty()) continue;
    redactor.run(*sentence);
    draft.text += sentence->ends_with('.') ? " " : ". ";
  }
  for (const protocol::Remedy& remedy : finding.remedies)
    if (remedy.sql) {
      draft.text += "\n  ";
      redactSql(draft, conversation, *remedy.sql);
    }
  draft.text += '\n';
}

}  // namespace mydba::ai
