#include "ai/intent/sentence.h"

#include <algorithm>

#include "ai/intent/embedded_sql.h"
#include "ai/intent/word_forms.h"
#include "base/fold_case.h"
#include "base/utf8.h"

namespace mydba::ai::intent {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isWordByte(char c) {
  return isDigit(c) || isAsciiLetter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string folded(std::string_view text) {
  std::string result;
  appendFolded(result, text);
  return result;
}

/// Marks of other scripts and of typesetting that stand between words: “ ” ‘ ’ – … 、 。 ？ and
/// such.
std::size_t foreignMark(std::string_view rest) {
  for (const std::string_view mark :
       {"“", "”", "„", "«", "»", "‘", "–", "—", "…", "、", "。", "？", "！", "・", "：", "，", " "})
    if (rest.starts_with(mark)) return mark.size();
  return 0;
}

class Cutter {
 public:
  Cutter(std::string_view text, Sentence& sentence) : text_(text), sentence_(sentence) {}

  void cut(const std::optional<EmbeddedSql>& sql) {
    while (at_ < text_.size() && sentence_.words.size() < mostWords) {
      if (sql && at_ == sql->start) {
        add(WordKind::sql, sql->end, "");
        continue;
      }
      limit_ = sql && at_ < sql->start ? sql->start : text_.size();
      step();
    }
  }

 private:
  void step() {
    const char c = text_[at_];
    if (const std::size_t mark = foreignMark(text_.substr(at_))) {
      at_ += mark;
    } else if (quoted() || number() || word()) {
      // taken
    } else {
      // A point belongs to a name or number, else it ends something.
      if (std::string_view(",;:.!?()").find(c) != std::string_view::npos) break_ = true;
      ++at_;
    }
  }

  void add(WordKind kind, std::size_t end, std::string text) {
    Word word{
        .kind = kind, .start = at_, .end = end, .text = std::move(text), .afterBreak = break_};
    word.folded = folded(word.text);
    if (kind == WordKind::word || kind == WordKind::name) word.forms = baseForms(word.folded);
    sentence_.words.push_back(std::move(word));
    break_ = false;
    at_ = end;
  }

  /// '…' opens behind a blank only, for the sake of "what's"; its text has no line break.
  bool quoted() {
    const char quote = text_[at_];
    if (quote != '"' && quote != '`' && quote != '\'') return false;
    if (quote == '\'' && at_ > 0 && isWordByte(text_[at_ - 1])) return false;
    const auto close = text_.substr(0, limit_).find(quote, at_ + 1);
    if (close == text_.npos || close == at_ + 1 || close - at_ > 200) return false;
    if (quote == '\'' && close + 1 < text_.size() && isWordByte(text_[close + 1])) return false;
    add(quote == '`' ? WordKind::name : WordKind::value, close + 1,
        std::string(text_.substr(at_ + 1, close - at_ - 1)));
    return true;
  }

  bool number() {
    if (!isDigit(text_[at_])) return false;
    std::size_t end = at_;
    while (end < limit_ && (isDigit(text_[end]) || isInnerMark(end))) ++end;
    std::string digits(text_.substr(at_, end - at_));
    const auto dashes = std::ranges::count(digits, '-');
    if (dashes > 0) {
      add(dashes == 2 ? WordKind::value : WordKind::name, end, std::move(digits));
      return true;
    }
    std::erase(digits, ',');
    std::size_t unit = end;
    while (unit < limit_ && isWordByte(text_[unit])) ++unit;
    const std::string suffix = folded(text_.substr(end, unit - end));
    if (suffix.empty() || suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
      add(WordKind::number, unit, std::move(digits));
    } else if (suffix == "k" || suffix == "m") {
      if (digits.find('.') != digits.npos) return false;
      add(WordKind::number, unit, digits + (suffix == "k" ? "000" : "000000"));
    } else {
      // `30d`, `64MB`: a number and its unit.
      add(WordKind::number, end, std::move(digits));
    }
    return true;
  }
  /// A point, comma or dash between two digits.
  bool isInnerMark(std::size_t at) const {
    const char c = text_[at];
    return (c == '.' || c == ',' || c == '-') && at + 1 < limit_ && isDigit(text_[at - 1]) &&
           isDigit(text_[at + 1]);
  }

  bool word() {
    if (!isWordByte(text_[at_])) return false;
    std::size_t end = at_;
    bool name = false;
    bool address = false;
    while (end < limit_) {
      if (isWordByte(text_[end])) {
        if (foreignMark(text_.substr(end))) break;
        name = name || text_[end] == '_';
      } else if ((text_[end] == '.' || text_[end] == '@') && end > at_ && end + 1 < limit_ &&
                 isWordByte(text_[end + 1]) && !isDigit(text_[end - 1])) {
        address = address || text_[end] == '@';
        name = true;
      } else {
        break;
      }
      ++end;
    }
    std::string text(text_.substr(at_, end - at_));
    add(address ? WordKind::value : name ? WordKind::name : WordKind::word, end, std::move(text));
    contraction();
    return true;
  }

  /// Behind a word: `'s`, `n't` and their kin.
  void contraction() {
    static constexpr std::string_view apostrophes[] = {"'", "’"};
    for (const std::string_view apostrophe : apostrophes) {
      if (!text_.substr(at_, limit_ - at_).starts_with(apostrophe)) continue;
      std::size_t end = at_ + apostrophe.size();
      const std::size_t letters = end;
      while (end < limit_ && isAsciiLetter(text_[end])) ++end;
      const std::string ending = folded(text_.substr(letters, end - letters));
      Word& before = sentence_.words.back();
      if (ending == "t" && before.folded.ends_with('n')) {
        at_ = end;
        Word negation{.kind = WordKind::word, .start = at_, .end = end, .text = "not"};
        negation.folded = "not";
        negation.forms = {"not"};
        before.folded.pop_back();
        before.forms = baseForms(before.folded);
        sentence_.words.push_back(std::move(negation));
      } else if (ending == "s" || ending == "re" || ending == "ll" || ending == "d" ||
                 ending == "ve" || ending == "m") {
        at_ = end;
      }
      return;
    }
  }

  std::string_view text_;
  Sentence& sentence_;
  std::size_t at_ = 0;
  std::size_t limit_ = 0;
  bool break_ = false;
};

void addSenses(Word& word, const Lexicon& lexicon) {
  for (const std::string& form : word.forms)
    for (const Sense& sense : lexicon.find(form)) word.senses.push_back(sense);
}

}  // namespace

bool Word::is(std::string_view group) const {
  return std::ranges::any_of(senses, [&](const Sense& sense) { return sense.group == group; });
}

std::string_view Word::valueIn(std::string_view group) const {
  const auto found =
      std::ranges::find_if(senses, [&](const Sense& sense) { return sense.group == group; });
  return found == senses.end() ? std::string_view() : found->value;
}

bool Word::isOneOf(std::initializer_list<std::string_view> words) const {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return std::ranges::find(forms, word) != forms.end(); });
}

Sentence readSentence(std::string_view text, const sql::Dialect& dialect) {
  Sentence sentence{.text = std::string(text)};
  const auto sql = findSql(text, dialect);
  if (sql) sentence.sql = sql->text;
  Cutter(text, sentence).cut(sql);
  for (Word& word : sentence.words) addSenses(word, Lexicon::english());
  const auto last = text.find_last_not_of(" \t\r\n");
  sentence.question = last != text.npos && text[last] == '?';
  return sentence;
}

}  // namespace mydba::ai::intent
