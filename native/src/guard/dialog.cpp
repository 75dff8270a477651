#include "guard/dialog.h"

#include <cstddef>
#include <vector>

#include "base/utf8.h"
#include "guard/wording.h"

namespace mydba::guard {
namespace {

using protocol::AuditActor;

constexpr std::size_t shownLines = 6;
constexpr std::size_t lineBytes = 400;

/// Without the characters that would break a dialog apart: a name may be in the line.
std::string line(std::string_view text) {
  std::string out;
  for (const char c : utf8Prefix(text, lineBytes))
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  if (text.size() > lineBytes) out += "…";
  return out;
}

std::vector<std::string> firstLines(std::string_view sql) {
  std::vector<std::string> lines;
  while (!sql.empty() && lines.size() < shownLines) {
    const auto end = sql.find('\n');
    lines.push_back(line(sql.substr(0, end)));
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 1);
  }
  if (!sql.empty()) lines.push_back("…");
  return lines;
}

/// Empty for the user's own wish.
std::string_view onBehalfOf(AuditActor actor) {
  switch (actor) {
    case AuditActor::editor: return "";
    case AuditActor::grid: return "Asked for by an edit in the grid.";
    case AuditActor::chat: return "Asked for by the chat.";
    case AuditActor::tool: return "Asked for by an AI agent.";
    case AuditActor::mcp: return "Asked for by an AI agent (MCP).";
    case AuditActor::cli: return "Asked for on the command line.";
  }
  return "";
}

void addBlock(const std::vector<std::string>& lines, std::string& out) {
  if (!lines.empty() && !out.empty()) out += '\n';
  for (const std::string& text : lines) out += (out.empty() ? "" : "\n") + line(text);
}

}  // namespace

std::string dialogText(const protocol::ConfirmParams& question, std::string_view connectionName) {
  std::vector<std::string> where = {"Connection: " + shown(connectionName) + " (" +
                                    std::string(inWords(question.environment)) + ")"};
  if (const auto asker = onBehalfOf(question.actor); !asker.empty()) where.emplace_back(asker);
  std::string text;
  addBlock(question.impact, text);
  addBlock(question.reasons, text);
  addBlock(firstLines(question.sql), text);
  addBlock(where, text);
  return text;
}

}  // namespace mydba::guard
