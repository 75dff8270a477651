#include "cli/report.h"

#include <wchar.h>

#include <algorithm>
#include <cstdio>

#include "server/error_json.h"

namespace mydba::cli {
namespace {

/// The code point at `i`, which moves past it; the byte itself where there is no valid sequence.
char32_t nextCodePoint(std::string_view text, std::size_t& i) {
  const auto lead = static_cast<unsigned char>(text[i++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t point = more == 3   ? lead & 0x07u
                   : more == 2 ? lead & 0x0Fu
                   : more == 1 ? lead & 0x1Fu
                               : lead;
  for (int k = 0; k < more && i < text.size(); ++k)
    point = (point << 6) | (static_cast<unsigned char>(text[i++]) & 0x3Fu);
  return point;
}

}  // namespace

Exit exitOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalidParams: return Exit::usage;
    case ErrorCode::timeout:
    case ErrorCode::cancelled: return Exit::cancelled;
    default: return Exit::connect;
  }
}

Exit exitOfStatement(const Error& error) {
  const bool ours = error.code == ErrorCode::refused && error.engineCode.empty();
  return ours ? Exit::findings : exitOf(error);
}

rpc::Json errorDocument(const Error& error) {
  // The members of ErrorData and the message, flat.
  const rpc::Json data = server::errorJson(error)["data"];
  rpc::Json document = {{"code", data["code"]}, {"message", error.message}};
  for (const char* member : {"engineCode", "position", "hint"})
    if (data.contains(member)) document[member] = data[member];
  return document;
}

Exit fail(std::string_view what, const Error& error, bool json) {
  std::string line = "mydba: " + std::string(what) + ": " + printable(error.message);
  if (!error.hint.empty()) line += "; " + printable(error.hint);
  std::fprintf(stderr, "%s\n", line.c_str());
  if (json) printJson({{"error", errorDocument(error)}});
  return exitOf(error);
}

Exit failStatement(std::string_view what, const Error& error, bool json) {
  fail(what, error, json);
  return exitOfStatement(error);
}

void printJson(const rpc::Json& json) {
  const std::string text = rpc::writeJson(json) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (byte >= 0x20 && byte != 0x7f && !c1) {
      result += text[i];
      continue;
    }
    char escaped[16];
    const unsigned code = c1 ? static_cast<unsigned char>(text[++i]) : byte;
    if (code == '\n')
      result += "\\n";
    else if (code == '\t')
      result += "\\t";
    else
      std::snprintf(escaped, sizeof escaped, "\\x%02x", code), result += escaped;
  }
  return result;
}

std::size_t displayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const int columns = ::wcwidth(static_cast<wchar_t>(nextCodePoint(text, i)));
    width += static_cast<std::size_t>(std::max(columns, 0));
  }
  return width;
}

void printColumns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], displayWidth(printable(row[i])));
    }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = printable(row[i]);
      text += cell;
      if (i + 1 < row.size()) text.append(widths[i] - displayWidth(cell) + 2, ' ');
    }
    while (text.ends_with(' ')) text.pop_back();
    text += '\n';
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace mydba::cli
