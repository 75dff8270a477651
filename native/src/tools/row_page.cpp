#include "tools/row_page.h"

#include "base/utf8.h"
#include "privacy/marks.h"
#include "result/redaction.h"

namespace mydba::tools {
namespace {

constexpr std::size_t longestCell = 500;
constexpr std::size_t mostNotices = 5;
/// What a row costs beside its cells: brackets, quotes and commas.
constexpr std::size_t bytesOfPunctuation = 4;

}  // namespace

bool RowPage::begin(std::span<const protocol::Column> columns) {
  const auto marked = privacy::marked(
      columns, privacy::viewerOf(protocol::AuditActor::tool, protocol::Redact::secrets));
  redacted_ = result::redactedColumns(marked);
  columns_ = Json::array();
  rows_ = Json::array();
  for (const auto& column : columns)
    columns_.push_back({{"name", column.name}, {"type", column.type}});
  seen_ = kept_ = 0;
  return true;
}

Json RowPage::cell(const Cell& cell, bool redacted) {
  if (cell.isNull()) return nullptr;
  if (redacted) return std::string(result::redactedCell);
  std::string text;
  if (appendEscapedUtf8(text, cell.text(), longestCell) == cell.size) return text;
  cut_ = true;
  return text + "…";
}

bool RowPage::row(std::span<const Cell> cells) {
  if (seen_++ < offset_) return true;
  if (kept_ == limit_) {
    more_ = true;
    return false;
  }
  Json list = Json::array();
  std::size_t size = bytesOfPunctuation;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    list.push_back(cell(cells[i], i < redacted_.size() && redacted_[i]));
    size += bytesOfPunctuation +
            (list.back().is_string() ? list.back().get_ref<const std::string&>().size() : 4);
  }
  // A row that alone is too long is given all the same: its cells are cut.
  if (kept_ > 0 && bytes_ + size > mostBytes) {
    more_ = true;
    return false;
  }
  bytes_ += size;
  ++kept_;
  rows_.push_back(std::move(list));
  return true;
}

void RowPage::end(const ResultSetEnd& end) {
  if (end.affected) affected_ = affected_.value_or(0) + *end.affected;
}

void RowPage::notice(std::string_view severity, std::string_view message) {
  if (notices_.size() == mostNotices) return;
  std::string text = std::string(severity) + ": ";
  appendEscapedUtf8(text, message, longestCell);
  notices_.push_back(std::move(text));
}

Json RowPage::json() const {
  Json json = {{"columns", columns_}, {"rows", rows_}};
  if (more_) {
    json["nextOffset"] = offset_ + kept_;
    json["note"] = "there are more rows: ask again with offset " + std::to_string(offset_ + kept_);
  }
  if (cut_) json["cut"] = "values over 500 bytes end with …";
  if (affected_ && columns_.empty()) json["affected"] = *affected_;
  if (!notices_.empty()) json["notices"] = notices_;
  return json;
}

}  // namespace mydba::tools
