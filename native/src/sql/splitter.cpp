#include "sql/splitter.h"

#include <algorithm>

#include "sql/block_tracker.h"
#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::sql {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

/// One command a line; `#` starts a comment line, as in command files for redis-cli.
std::vector<StatementRange> splitLines(std::string_view text) {
  std::vector<StatementRange> ranges;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t lineEnd = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, lineEnd - at));
    if (!line.empty() && line[0] != '#') {
      const auto start = static_cast<std::size_t>(line.data() - text.data());
      ranges.push_back({start, start + line.size()});
    }
    at = lineEnd + 1;
  }
  return ranges;
}

class Splitter {
 public:
  Splitter(std::string_view text, const Dialect& dialect)
      : text_(text), dialect_(dialect), lexer_(text, dialect), blocks_(dialect) {}

  std::vector<StatementRange> run() {
    for (Token token = lexer_.next(); token.kind != TokenKind::end; token = lexer_.next()) {
      if (token.kind == TokenKind::comment) {
        if (open_ && isGluedTo(token)) range_.end = token.end;
        continue;
      }
      if (token.kind == TokenKind::terminator) {
        takeTerminator(token);
      } else if (!takeClientCommand(token)) {
        if (!open_) begin(token);
        range_.end = token.end;
        blocks_.take(token.kind, lexer_.textOf(token));
        if (copy_) watchCopy(token);
      }
    }
    finish();
    return std::move(ranges_);
  }

 private:
  /// `---- x` where `--` needs a blank: cut off before the comment, the two signs that are left
  /// would read as one themselves.
  bool isGluedTo(const Token& comment) const {
    return range_.end == comment.start && text_[comment.start] == '-' &&
           text_[comment.start - 1] == '-';
  }

  void begin(const Token& token) {
    open_ = true;
    range_.start = token.start;
    blocks_.reset();
    copy_ = dialect_.psqlCommands && token.kind == TokenKind::word &&
            isKeyword(lexer_.textOf(token), "COPY");
    afterFrom_ = fromStdin_ = false;
  }

  void finish() {
    if (open_) ranges_.push_back(range_);
    open_ = false;
  }

  void takeTerminator(const Token& token) {
    if (!open_) return;
    // A `;` inside an executable comment cannot end a statement: the server would get half of it.
    const bool separates = lexer_.hasDelimiter() || blocks_.separator();
    const bool ends = separates && !lexer_.insideExecutable();
    if (!ends) {
      range_.end = token.end;
      return;
    }
    finish();
    if (copy_ && fromStdin_) skipCopyData();
  }

  bool takeClientCommand(const Token& token) {
    if (token.kind == TokenKind::word)
      return dialect_.delimiterCommand && startsLine(token) && takeDelimiter(token);
    if (token.kind != TokenKind::symbol || text_[token.start] != '\\') return false;
    if (dialect_.psqlCommands) return takePsqlCommand(token);
    return dialect_.clientTerminators && takeMysqlCommand(token);
  }

  /// The client takes its command also behind a statement that lacks its end, but a column may be
  /// called `delimiter`: there it must be the very first of its line.
  bool startsLine(const Token& token) const {
    return !open_ || token.start == 0 || text_[token.start - 1] == '\n';
  }

  /// `DELIMITER $$`: the first word behind it on its line, without quotes, as the client does.
  bool takeDelimiter(const Token& token) {
    const std::string_view word = lexer_.textOf(token);
    if (!isKeyword(word, "DELIMITER")) return false;
    const std::size_t end = lexer_.lineEnd(token.end);
    std::string_view rest = trim(text_.substr(token.end, end - token.end));
    if (rest.empty()) return false;
    const char quote = rest[0];
    const bool quoted = rest.size() > 2 && (quote == '\'' || quote == '"' || quote == '`');
    const std::size_t close = quoted ? rest.find(quote, 1) : rest.npos;
    if (close != rest.npos)
      rest = rest.substr(1, close - 1);
    else
      rest = rest.substr(0, rest.find_first_of(blanks));
    finish();
    lexer_.setDelimiter(rest);
    lexer_.skipTo(end);
    return true;
  }

  /// A backslash outside of quotes belongs to psql: `\g` and its kin send what was typed, `\;`
  /// separates, other commands stand for themselves. None can be sent to a server, so the statement
  /// before it ends here. `\\` ends the command within its line.
  bool takePsqlCommand(const Token& token) {
    finish();
    if (token.end < text_.size() && text_[token.end] == ';') {
      lexer_.skipTo(token.end + 1);
      return true;
    }
    const std::size_t end = lexer_.lineEnd(token.end);
    const std::size_t next = text_.substr(token.end, end - token.end).find("\\\\");
    lexer_.skipTo(next == text_.npos ? end : token.end + next + 2);
    return true;
  }

  /// `\g` and `\G` end the statement; other commands of the client take the rest of their line.
  bool takeMysqlCommand(const Token& token) {
    const char command = token.end < text_.size() ? text_[token.end] : '\0';
    if (command == 'g' || command == 'G') {
      finish();
      lexer_.skipTo(token.end + 1);
      return true;
    }
    if (open_) return false;
    lexer_.skipTo(lexer_.lineEnd(token.end));
    return true;
  }

  void watchCopy(const Token& token) {
    if (token.kind != TokenKind::word) return;
    const std::string_view word = lexer_.textOf(token);
    if (afterFrom_ && isKeyword(word, "STDIN")) fromStdin_ = true;
    afterFrom_ = isKeyword(word, "FROM");
  }

  /// Data follow on the next line, up to a line `\.`. Without such a line there are none: in an
  /// editor it is likelier that they are missing than that the rest of the text is data.
  void skipCopyData() {
    if (noMoreData_) return;
    for (std::size_t at = lexer_.lineEnd(lexer_.position()); at < text_.size();) {
      const std::size_t mark = text_.find("\n\\.", at);
      if (mark == text_.npos) break;
      const std::size_t end = lexer_.lineEnd(mark + 1);
      if (trim(text_.substr(mark + 3, end - mark - 3)).empty()) {
        lexer_.skipTo(end);
        return;
      }
      at = end;
    }
    noMoreData_ = true;
  }

  std::string_view text_;
  const Dialect& dialect_;
  Lexer lexer_;
  BlockTracker blocks_;
  std::vector<StatementRange> ranges_;
  StatementRange range_;
  bool open_ = false;  // a statement has begun
  bool copy_ = false;  // it is a COPY
  bool afterFrom_ = false;
  bool fromStdin_ = false;
  bool noMoreData_ = false;  // no line `\.` follows
};

}  // namespace

std::vector<StatementRange> split(std::string_view text, const Dialect& dialect) {
  // The mark of an editor is not text; replacing the view would shift every offset.
  const std::size_t skip = text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
  const std::string_view body = text.substr(skip);
  std::vector<StatementRange> ranges =
      dialect.lineCommands ? splitLines(body) : Splitter(body, dialect).run();
  for (StatementRange& range : ranges) {
    range.start += skip;
    range.end += skip;
  }
  return ranges;
}

}  // namespace mydba::sql
