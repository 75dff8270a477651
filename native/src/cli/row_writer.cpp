#include "cli/row_writer.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "cli/report.h"
#include "rpc/json.h"

namespace mydba::cli {

void Output::flush() {
  std::string_view left = buffer_;
  while (ok_ && !left.empty()) {
    const ssize_t written = ::write(fd_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0)
      ok_ = false;
    else
      left.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

namespace {

/// True when RFC 4180 lets the field stand without quotes; the blanks at its ends are kept from
/// programs that trim. A loop without an exit, which the compiler turns into vector instructions:
/// find_first_of calls memchr for every byte.
bool isPlain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  bool special = false;
  for (const char c : text) special |= (c == ',') | (c == '"') | (c == '\r') | (c == '\n');
  return !special;
}

/// RFC 4180, lines end with LF. NULL is an empty field, an empty text is `""`.
class CsvWriter : public RowWriter {
 public:
  explicit CsvWriter(Output& out) : out_(out) {}

  void begin(std::span<const protocol::Column> columns) override {
    if (columns.empty()) return;
    if (!first_) out_.add('\n');
    first_ = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out_.add(',');
      field(columns[i].name);
    }
    out_.add('\n');
  }
  void row(std::span<const Cell> cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_.add(',');
      if (!cells[i].isNull()) field(cells[i].text());
    }
    out_.add('\n');
  }
  void end() override {}
  void finish(std::string_view) override {}

 private:
  void field(std::string_view text) {
    if (isPlain(text)) return out_.add(text);
    out_.add('"');
    for (std::size_t quote; (quote = text.find('"')) != std::string_view::npos;) {
      out_.add(text.substr(0, quote + 1));
      out_.add('"');
      text.remove_prefix(quote + 1);
    }
    out_.add(text);
    out_.add('"');
  }

  Output& out_;
  bool first_ = true;
};

/// RFC 8259: what a JSON parser reads as this very number.
bool isJsonNumber(std::string_view text) {
  std::size_t i = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i - start;
  };
  const std::size_t integer = i;
  if (digits() == 0 || (text[integer] == '0' && i - integer > 1)) return false;
  if (i < text.size() && text[i] == '.' && (++i, digits() == 0)) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

void addJsonCell(Output& out, const Cell& cell, protocol::ColumnKind kind) {
  if (cell.isNull()) return out.add("null");
  const std::string_view text = cell.text();
  if (kind == protocol::ColumnKind::number && isJsonNumber(text)) return out.add(text);
  if (kind == protocol::ColumnKind::boolean && (text == "t" || text == "true" || text == "1"))
    return out.add("true");
  if (kind == protocol::ColumnKind::boolean && (text == "f" || text == "false" || text == "0"))
    return out.add("false");
  out.add(rpc::writeJson(rpc::Json(std::string(text))));
}

/// One document: {"results":[{"columns":[…],"rows":[[…],…]},…],"rows":N,…}.
class JsonWriter : public RowWriter {
 public:
  explicit JsonWriter(Output& out) : out_(out) { out_.add("{\"results\":["); }

  void begin(std::span<const protocol::Column> columns) override {
    columns_.assign(columns.begin(), columns.end());
    rpc::Json head = rpc::Json::array();
    for (const auto& column : columns_)
      head.push_back({{"name", column.name}, {"type", column.type}, {"kind", name(column.kind)}});
    out_.add(first_ ? "\n" : ",\n");
    out_.add("{\"columns\":" + rpc::writeJson(head) + ",\"rows\":[");
    first_ = false;
    firstRow_ = true;
  }
  void row(std::span<const Cell> cells) override {
    out_.add(firstRow_ ? "\n[" : ",\n[");
    firstRow_ = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_.add(',');
      addJsonCell(out_, cells[i], columns_[i].kind);
    }
    out_.add(']');
  }
  void end() override { out_.add("]}"); }
  void finish(std::string_view summary) override {
    out_.add("],");
    out_.add(summary.substr(1));
    out_.add('\n');
  }

 private:
  Output& out_;
  std::vector<protocol::Column> columns_;
  bool first_ = true;
  bool firstRow_ = true;
};

/// A line a row, an object by column name; the last line is the summary. A repeated or empty name
/// gets its position, so that no value is lost.
class JsonLinesWriter : public RowWriter {
 public:
  explicit JsonLinesWriter(Output& out) : out_(out) {}

  void begin(std::span<const protocol::Column> columns) override {
    columns_.assign(columns.begin(), columns.end());
    names_.clear();
    std::vector<std::string> used;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::string unique = columns[i].name;
      if (unique.empty() || std::find(used.begin(), used.end(), unique) != used.end())
        unique += (unique.empty() ? "column" : "_") + std::to_string(i + 1);
      used.push_back(unique);
      names_.push_back(rpc::writeJson(rpc::Json(unique)) + ":");
    }
  }
  void row(std::span<const Cell> cells) override {
    out_.add('{');
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_.add(',');
      out_.add(names_[i]);
      addJsonCell(out_, cells[i], columns_[i].kind);
    }
    out_.add("}\n");
  }
  void end() override {}
  void finish(std::string_view summary) override {
    out_.add(summary);
    out_.add('\n');
  }

 private:
  Output& out_;
  std::vector<protocol::Column> columns_;
  std::vector<std::string> names_;
};

/// INSERT statements, one a row.
class SqlWriter : public RowWriter {
 public:
  SqlWriter(Output& out, const sql::Dialect& dialect, std::string table)
      : out_(out), dialect_(dialect), table_(std::move(table)) {}

  void begin(std::span<const protocol::Column> columns) override {
    columns_.assign(columns.begin(), columns.end());
    head_ = "INSERT INTO " + quotedName(table_) + " (";
    for (std::size_t i = 0; i < columns.size(); ++i)
      head_ += (i ? ", " : "") + quotedName(columns[i].name);
    head_ += ") VALUES (";
  }
  void row(std::span<const Cell> cells) override {
    out_.add(head_);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_.add(", ");
      value(cells[i], columns_[i].kind);
    }
    out_.add(");\n");
  }
  void end() override {}
  void finish(std::string_view) override {}

 private:
  std::string quotedName(std::string_view name) const {
    const char quote = dialect_.doubleQuotedStrings ? '`' : '"';
    std::string text(1, quote);
    for (const char c : name) {
      text += c;
      if (c == quote) text += c;
    }
    return text + quote;
  }
  void value(const Cell& cell, protocol::ColumnKind kind) {
    if (cell.isNull()) return out_.add("NULL");
    if (kind == protocol::ColumnKind::number && isJsonNumber(cell.text()))
      return out_.add(cell.text());
    out_.add('\'');
    for (const char c : cell.text()) {
      out_.add(c);
      if (c == '\'' || (c == '\\' && dialect_.backslashEscapes)) out_.add(c);
    }
    out_.add('\'');
  }

  Output& out_;
  const sql::Dialect& dialect_;
  const std::string table_;
  std::vector<protocol::Column> columns_;
  std::string head_;
};

/// Aligned columns. Widths come from the first rows, which are held back for that; later cells
/// that are wider push their line out instead of being cut.
class TableWriter : public RowWriter {
 public:
  explicit TableWriter(Output& out) : out_(out) {}

  void begin(std::span<const protocol::Column> columns) override {
    columns_.assign(columns.begin(), columns.end());
    widths_.clear();
    held_.clear();
    flushed_ = false;
    rows_ = 0;
    for (const auto& column : columns_) widths_.push_back(displayWidth(printable(column.name)));
  }
  void row(std::span<const Cell> cells) override {
    ++rows_;
    std::vector<std::string> texts;
    for (const Cell& cell : cells) texts.push_back(cell.isNull() ? "NULL" : shortened(cell.text()));
    if (flushed_) return line(texts);
    for (std::size_t i = 0; i < texts.size(); ++i)
      widths_[i] = std::max(widths_[i], displayWidth(texts[i]));
    held_.push_back(std::move(texts));
    if (held_.size() == heldRows) flushHeld();
  }
  void end() override {
    if (columns_.empty()) return;
    flushHeld();
    out_.add("(" + std::to_string(rows_) + (rows_ == 1 ? " row)\n" : " rows)\n"));
  }
  void finish(std::string_view) override {}

 private:
  static constexpr std::size_t heldRows = 500;
  static constexpr std::size_t widestCell = 200;

  static std::string shortened(std::string_view text) {
    if (text.size() <= widestCell) return printable(text);
    std::size_t end = widestCell;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return printable(text.substr(0, end)) + "…";
  }
  void flushHeld() {
    if (std::exchange(flushed_, true)) return;
    std::vector<std::string> names;
    std::string rule;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      names.push_back(printable(columns_[i].name));
      rule += (i ? "-+-" : "") + std::string(widths_[i], '-');
    }
    line(names);
    out_.add(rule + "\n");
    for (const auto& texts : held_) line(texts);
    held_.clear();
  }
  void line(const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (i > 0) out_.add(" | ");
      const std::size_t width = displayWidth(texts[i]);
      const std::string padding(width < widths_[i] ? widths_[i] - width : 0, ' ');
      const bool right = columns_[i].kind == protocol::ColumnKind::number;
      if (right) out_.add(padding);
      out_.add(texts[i]);
      if (!right && i + 1 < texts.size()) out_.add(padding);
    }
    out_.add('\n');
  }

  Output& out_;
  std::vector<protocol::Column> columns_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> held_;
  bool flushed_ = false;
  std::size_t rows_ = 0;
};

}  // namespace

std::unique_ptr<RowWriter> makeRowWriter(std::string_view format, Output& out,
                                         const sql::Dialect& dialect, std::string table) {
  if (format == "table") return std::make_unique<TableWriter>(out);
  if (format == "csv") return std::make_unique<CsvWriter>(out);
  if (format == "json") return std::make_unique<JsonWriter>(out);
  if (format == "jsonl") return std::make_unique<JsonLinesWriter>(out);
  if (format == "sql") return std::make_unique<SqlWriter>(out, dialect, std::move(table));
  return nullptr;
}

}  // namespace mydba::cli
