// Text of a person for a model: what is plain language goes through, what is a value does not.
//
// Nothing here understands language, so the rules are about shapes, and each errs on one side: what
// stands in quotes is a value; a statement is read as one, wherever it starts; lines that look like
// rows, blocks of code that are no SQL and quotes without an end are left out, and the text says
// so. A name that is a plain word cannot be told from other words: that is what aliases and the
// user's own list of private words are for.

#include <algorithm>

#include "ai/redact/conversation.h"
#include "ai/redact/private_shapes.h"
#include "ai/redact/prose_sql.h"
#include "ai/redact/public_words.h"
#include "base/utf8.h"
#include "privacy/secrets.h"
#include "sql/keyword.h"
#include "sql/language_words.h"

namespace mydba::ai {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

struct QuotePair {
  std::string_view open;
  std::string_view close;
};
constexpr QuotePair quotePairs[] = {{"\"", "\""}, {"'", "'"}, {"“", "”"}, {"„", "“"},
                                    {"‘", "’"},   {"‚", "‘"}, {"«", "»"}, {"»", "«"}};

/// `customer_id`, `orderItems`, `t2x`: no word of a language.
bool isIdentifierLike(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i)
    if (word[i] == '_' || isDigit(word[i]) || (i > 0 && isUpper(word[i]) && isLower(word[i - 1])))
      return true;
  return false;
}

class ProseRedactor {
 public:
  ProseRedactor(Draft& draft, Conversation& conversation, std::string_view text, Numbers numbers)
      : draft_(draft),
        conversation_(conversation),
        text_(text),
        numbers_(numbers),
        secrets_(privacy::secretsOfText(text)) {}

  void run() {
    while (at_ < text_.size()) {
      if (atLineStart() && readLine()) continue;
      step();
    }
  }

 private:
  bool startsWith(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool atLineStart() const { return at_ == 0 || text_[at_ - 1] == '\n'; }
  bool atWordStart() const {
    return at_ == 0 || !isWordByte(text_[at_ - 1]) || !isWordByte(text_[at_]);
  }
  std::size_t lineEnd() const { return std::min(text_.find('\n', at_), text_.size()); }

  void put(ValueKind kind, std::size_t end) {
    const std::string_view value = text_.substr(at_, end - at_);
    putValue(draft_, conversation_, kind, value, value);
    at_ = end;
  }

  /// Lines that are left out, and blocks of code.
  bool readLine() {
    const std::string_view line = text_.substr(at_, lineEnd() - at_);
    if (line.find("```") != line.npos && line.find_first_not_of(" \t") == line.find("```"))
      return readFence();
    const auto bars = std::ranges::count(line, '|') + std::ranges::count(line, '\t');
    const auto separators = std::ranges::count(line, ',') + std::ranges::count(line, ';');
    const auto blanks = std::ranges::count(line, ' ');
    const bool row = bars >= 2 || (separators >= 3 && separators > blanks);
    const bool data = line.starts_with("{\"") || line.starts_with("[{") || line.starts_with("+--");
    if ((!row && !data) || sqlLength(text_.substr(at_), *conversation_.dialect) > 0) return false;
    draft_.leaveOut("a line that looks like data");
    at_ = lineEnd();
    return true;
  }

  bool readFence() {
    const std::size_t open = text_.find("```", at_);
    const std::size_t body = std::min(text_.find('\n', open), text_.size());
    const std::size_t close =
        std::min(text_.find("```", std::min(body, text_.size())), text_.size());
    std::string_view code = text_.substr(body, close - body);
    const std::size_t first = code.find_first_not_of(" \t\r\n");
    code.remove_prefix(std::min(first, code.size()));
    const std::string language =
        sql::lowerCase(std::string(text_.substr(open + 3, body - open - 3)));
    if (language.starts_with("sql") || sql::findDialect(language) ||
        sqlLength(code, *conversation_.dialect) > 0) {
      draft_.text += "```sql\n";
      redactSql(draft_, conversation_, code);
      draft_.text += "\n```";
    } else {
      draft_.leaveOut("code that is not SQL");
    }
    at_ = std::min(close + 3, text_.size());
    return true;
  }

  void step() {
    if (takesSecret() || takesPrivateWord()) return;
    const char c = text_[at_];
    if (c == '`') return readCode();
    const bool comment = startsComment();
    if ((isWordByte(c) && atWordStart()) || (comment && atLineStart())) {
      if (const std::size_t size = sqlLength(text_.substr(at_), *conversation_.dialect)) {
        redactSql(draft_, conversation_, text_.substr(at_, size));
        at_ += size;
        return;
      }
    }
    if (comment) return readComment();
    if (readQuotes()) return;
    if (isBlank(c)) {
      draft_.text += text_[at_++];
      return;
    }
    if (numbers_ == Numbers::mask && readNumbers()) return;
    readRun();
  }

  bool takesSecret() {
    while (nextSecret_ < secrets_.size() && secrets_[nextSecret_].end <= at_) ++nextSecret_;
    if (nextSecret_ == secrets_.size() || secrets_[nextSecret_].start > at_) return false;
    put(ValueKind::secret, secrets_[nextSecret_].end);
    return true;
  }

  /// The bytes of `phrase` if it stands here, in any case, and is no part of a longer word.
  std::size_t phraseHere(std::string_view phrase) const {
    if (phrase.empty() || (at_ > 0 && isWordByte(text_[at_ - 1]) && isWordByte(phrase[0])))
      return 0;
    const std::string_view here = text_.substr(at_, phrase.size());
    if (sql::lowerCase(std::string(here)) != sql::lowerCase(std::string(phrase))) return 0;
    const std::size_t end = at_ + phrase.size();
    const bool longer = end < text_.size() && isWordByte(text_[end]) && isWordByte(phrase.back());
    return longer ? 0 : phrase.size();
  }

  bool takesPrivateWord() {
    for (const std::string& word : conversation_.privateWords)
      if (const std::size_t size = phraseHere(word)) {
        put(ValueKind::host, at_ + size);
        return true;
      }
    if (conversation_.names == NamePolicy::keep) return false;
    for (const std::string& phrase : conversation_.aliases.phrases())
      if (const std::size_t size = phraseHere(phrase)) {
        putAlias(*conversation_.aliases.find(phrase));
        at_ += size;
        return true;
      }
    return false;
  }

  /// Code in backticks is a part of a statement.
  void readCode() {
    const std::size_t end = text_.find('`', at_ + 1);
    if (end == text_.npos || end > lineEnd()) return leaveOutRest();
    draft_.text += '`';
    redactSql(draft_, conversation_, text_.substr(at_ + 1, end - at_ - 1));
    draft_.text += '`';
    at_ = end + 1;
  }

  /// A line that starts like a comment is one: whoever pastes half a statement loses no more than a
  /// heading.
  bool startsComment() const {
    if (startsWith("/*") || startsWith("-- ")) return true;
    return atLineStart() && (startsWith("--") || startsWith("#"));
  }

  void readComment() {
    const bool block = text_[at_] == '/';
    const std::size_t close = text_.find("*/", at_ + 2);
    ++draft_.masked["comment"];
    at_ = !block ? lineEnd() : close == text_.npos ? text_.size() : close + 2;
  }

  /// An apostrophe is none: `don't`, `the users' orders`.
  bool isApostrophe() const { return at_ > 0 && isWordByte(text_[at_ - 1]); }

  bool readQuotes() {
    for (const auto& [open, close] : quotePairs) {
      if (!startsWith(open) || isApostrophe()) continue;
      const std::size_t begin = at_ + open.size();
      std::size_t end = text_.find(close, begin);
      // `'it's'` ends at the last one, which no letter follows.
      while (close == "'" && end != text_.npos && end + 1 < text_.size() &&
             isWordByte(text_[end + 1]))
        end = text_.find(close, end + 1);
      const std::size_t paragraph = std::min(text_.find("\n\n", at_), text_.size());
      if (end > paragraph) {
        leaveOutRest();
        return true;
      }
      quoted(text_.substr(begin, end - begin), end + close.size());
      return true;
    }
    return false;
  }

  /// A name that is known may stand in quotes; all else there is a value.
  void quoted(std::string_view value, std::size_t end) {
    const std::string* alias = conversation_.aliases.find(value);
    if (alias && conversation_.names == NamePolicy::alias) {
      draft_.text += '"';
      putAlias(*alias);
      draft_.text += '"';
    } else {
      putValue(draft_, conversation_, shapeOf(value), value, text_.substr(at_, end - at_));
    }
    at_ = end;
  }

  void leaveOutRest() {
    draft_.leaveOut("a quote without an end");
    at_ = std::min(text_.find("\n\n", at_), text_.size());
  }

  /// Telephone and card numbers, dates: groups of digits that belong together.
  bool readNumbers() {
    const bool starts = isDigit(text_[at_]) || ((text_[at_] == '+' || text_[at_] == '(') &&
                                                at_ + 1 < text_.size() && isDigit(text_[at_ + 1]));
    if (!starts || (at_ > 0 && isWordByte(text_[at_ - 1]))) return false;
    std::size_t end = at_;
    std::size_t digits = 0;
    std::size_t groups = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (isDigit(text_[i])) {
        if (digits == 0 || !isDigit(text_[i - 1])) ++groups;
        ++digits;
        end = i + 1;
      } else if (std::string_view(" -./():+").find(text_[i]) == std::string_view::npos ||
                 i - end >= 2) {
        break;
      }
    }
    constexpr std::size_t telling = 7;
    if (end < text_.size() && (isWordByte(text_[end]) || text_[end] == '@')) return false;
    if (groups < 2 || digits < telling) return false;
    put(ValueKind::number, end);
    return true;
  }

  /// Up to a blank, quote or bracket.
  void readRun() {
    std::size_t end = at_;
    while (end < text_.size() && !isBlank(text_[end]) &&
           std::string_view("\"'`()[]{}<>,;|").find(text_[end]) == std::string_view::npos)
      ++end;
    if (nextSecret_ < secrets_.size()) end = std::min(end, secrets_[nextSecret_].start);
    std::size_t last = end;
    while (last > at_ && std::string_view(".:!?*=").find(text_[last - 1]) != std::string_view::npos)
      --last;
    const std::string_view run = text_.substr(at_, last - at_);
    const auto kind = last > at_ ? privateKind(run) : std::nullopt;
    if (kind && !isKnownName(run) && !isPublicWord(run)) return put(*kind, last);
    if (end == at_) {
      draft_.text += text_[at_++];
      return;
    }
    if (conversation_.names == NamePolicy::alias && isQualified(run)) return readQualified(run);
    readWords(end);
  }

  /// `orders.id`
  bool isKnownName(std::string_view run) const {
    while (!run.empty()) {
      const std::size_t dot = std::min(run.find('.'), run.size());
      if (!conversation_.aliases.find(run.substr(0, dot))) return false;
      run.remove_prefix(std::min(dot + 1, run.size()));
    }
    return true;
  }

  /// `orders.total`, and not `e.g`.
  static bool isQualified(std::string_view run) {
    std::size_t longest = 0;
    std::size_t parts = 0;
    for (; !run.empty(); ++parts) {
      const std::size_t dot = std::min(run.find('.'), run.size());
      if (!isPlainName(run.substr(0, dot))) return false;
      longest = std::max(longest, dot);
      run.remove_prefix(std::min(dot + 1, run.size()));
    }
    return parts > 1 && longest > 1;
  }

  void readQualified(std::string_view run) {
    const std::size_t end = at_ + run.size();
    for (std::size_t begin = at_; begin < end;) {
      const std::size_t dot = std::min(text_.find('.', begin), end);
      if (begin > at_) draft_.text += '.';
      const NameKind kind = dot == end ? NameKind::column : NameKind::tableAlias;
      putAlias(conversation_.aliases.of(text_.substr(begin, dot - begin), kind));
      begin = dot + 1;
    }
    at_ = end;
  }

  void readWords(std::size_t end) {
    while (at_ < end) {
      if (!isWordByte(text_[at_])) {
        // Left out, a control would make one word of two that were looked at apart.
        draft_.text += static_cast<unsigned char>(text_[at_]) < ' ' ? ' ' : text_[at_];
        ++at_;
        continue;
      }
      std::size_t wordEnd = at_;
      while (wordEnd < end && isWordByte(text_[wordEnd])) ++wordEnd;
      word(text_.substr(at_, wordEnd - at_));
    }
  }

  void word(std::string_view word) {
    const std::size_t end = at_ + word.size();
    const bool digits = std::ranges::all_of(word, isDigit);
    if (digits && numbers_ == Numbers::mask && !isRoundNumber(word))
      return put(ValueKind::number, end);
    if (!digits && conversation_.names == NamePolicy::alias && readName(word)) return;
    if (!digits && looksRandom(word) && !conversation_.aliases.find(word))
      return put(ValueKind::secret, end);
    draft_.text += word;
    at_ = end;
  }

  bool readName(std::string_view word) {
    const std::string* alias = conversation_.aliases.find(word);
    const bool known = word.find('_') == word.npos ? isPublicWord(word) : isEngineName(word);
    if (!alias && !looksLikeAlias(word) && (!isIdentifierLike(word) || known)) return false;
    if (!alias && looksRandom(word)) return false;
    if (alias && sql::isLanguageWord(word)) return false;
    putAlias(alias ? *alias : conversation_.aliases.of(word, NameKind::other));
    at_ += word.size();
    return true;
  }

  void putAlias(const std::string& alias) {
    draft_.text += alias;
    ++draft_.masked["alias"];
  }

  Draft& draft_;
  Conversation& conversation_;
  const std::string_view text_;
  const Numbers numbers_;
  std::vector<privacy::Secret> secrets_;
  std::size_t nextSecret_ = 0;
  std::size_t at_ = 0;
};

}  // namespace

void redactProse(Draft& draft, Conversation& conversation, std::string_view text, Numbers numbers) {
  if (!validUtf8(text)) return draft.leaveOut("a text that is not UTF-8");
  if (conversation.names == NamePolicy::alias) {
    // Names that a statement further down tells are names further up too.
    Draft unused;
    ProseRedactor(unused, conversation, text, numbers).run();
  }
  ProseRedactor(draft, conversation, text, numbers).run();
}

}  // namespace mydba::ai
