#include "cli/command.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace mydba::cli {
namespace {

constexpr Command commandTable[] = {
    {"sample", "[DIR] [--json]", "writes a sample database and a folder of slow queries", sample},
    {"tree", "URL [PATH…] [--json]", "one level of the object tree", tree},
    {"query",
     "URL SQL [--format table|csv|json|jsonl|sql] [--limit N] [--timeout 5s] [--read-only] [--yes]",
     "runs statements; SQL may be - for stdin", query},
    {"explain",
     "URL SQL [--analyze] [--yes] [--timeout 30s] [--fail-on info|warning|critical] "
     "[--threshold RULE.NAME=NUMBER,…] [--json | --sarif]",
     "the plan of a statement as a tree, with findings", explain},
    {"plan grade",
     "FILE [--engine NAME] [--version V] [--fail-on info|warning|critical] "
     "[--threshold RULE.NAME=NUMBER,…] [--json | --sarif]",
     "a saved plan, or a log with plans, as trees with findings", planGrade},
    {"plan diff", "BEFORE AFTER [--engine NAME] [--version V] [--json]",
     "what changed between two saved plans of a statement, step by step", planDiff},
    {"plan collect", "URL [FILE] [--limit N] [--analyze] [--timeout 5s] [--json]",
     "plans of a file's statements, or of those on which the server spends most time, and why some "
     "have none",
     planCollect},
    {"profile",
     "URL SQL [--enable-instruments] [--yes] [--timeout 60s] [--fail-on info|warning|critical] "
     "[--threshold RULE.NAME=NUMBER,…] [--json]",
     "runs a statement, rolls back what it changes, and shows where its time went", profile},
    {"processes", "URL [--json]", "sessions, transactions, who blocks whom", processes},
    {"kill", "URL ID (--query | --connection) [--json]", "ends a statement or a session", kill},
    {"variables", "URL [NAME] [--fail-on info|warning|critical] [--json]",
     "settings of the server by a part of their name: value, default, source, meaning, risk",
     variables},
    {"guard check",
     "[--dialect NAME] [--environment dev|staging|prod] [--allow-destructive] [--read-only] "
     "[--fail-on confirm|block|RISK] [--jsonl | --json] [FILE]",
     "verdict on statements before they run", guardCheck},
    {"sql split", "[--dialect NAME] [--jsonl | --json] [FILE]",
     "statement ranges of a text, in bytes", sqlSplit},
    {"sql classify", "[--dialect NAME] [--jsonl | --json] [FILE]",
     "what each statement of a text is and touches", sqlClassify},
    {"sql fingerprint", "[--dialect NAME] [--jsonl | --json] [FILE]",
     "the same for the same query with other values", sqlFingerprint},
    {"sql anonymize", "[--dialect NAME] [--template] [--jsonl | --json] [FILE]",
     "a text without the values in it", sqlAnonymize},
    {"sql fill", "[--dialect NAME] [--jsonl | --json] [FILE]",
     "sample values for placeholders, so that a digest can be explained; never to be executed",
     sqlFill},
    {"sql lint",
     "[--dialect NAME] [--url URL] [--only RULE,…] [--fail-on info|warning|critical] [--jsonl | "
     "--json | --sarif] [FILE | --all-tables]",
     "rules on SQL text: what is wrong, slow or not what it looks like, and how to fix it; with "
     "--url (read-only) also on the tables it uses, with --all-tables instead on all tables",
     sqlLint},
    {"ask intent", "[--url URL | --catalogue FILE] [--dialect NAME] [--jsonl | --json] [TEXT]",
     "what a sentence asks for, by rules: no model, and nothing is run; --url (read-only) tells it "
     "the tables that the sentence is about, --catalogue those of a JSON file",
     askIntent},
    {"rag search", "QUESTION [--engine NAME] [--version V] [-k N] [--docs DIR] [--jsonl | --json]",
     "documents for a question", ragSearch},
    {"ai preview",
     "TEXT [--url URL] [--provider NAME] [--base-url URL] [--model M] [--names keep|alias] "
     "[--schema none|names|full] [--docs DIR] [--dialect NAME] [--jsonl | --json]",
     "the exact bytes that the chat would send to a model for a question or statement, and what is "
     "masked in them; sends nothing. With --url (read-only) as with that connection active: with "
     "the tables that are meant, but without the plans and lists of the chat's other commands",
     aiPreview},
    {"audit",
     "[list | search TEXT | verify | export] [--limit N] [--format table|csv|json] [--file FILE] "
     "[--json]",
     "what was done to servers: who, when, where, how it ended", audit},
    {"serve", "--stdio [--threads=N] [--log=LEVEL] [--trace=FILE]",
     "JSON-RPC for an editor over stdin and stdout", serve},
    {"mcp", "[NAME=]URL…", "Model Context Protocol for an agent over stdin and stdout; read-only",
     mcp},
    {"restore-instruments", "", "", restoreInstruments},
};

/// How many of the command's words `words` begins with, as far as both go.
std::size_t wordsInCommon(const Command& command, Arguments words) {
  std::string_view name = command.name;
  std::size_t count = 0;
  while (!name.empty() && count < words.size()) {
    const auto space = name.find(' ');
    if (words[count] != name.substr(0, space)) break;
    ++count;
    name = space == std::string_view::npos ? std::string_view() : name.substr(space + 1);
  }
  return count;
}

std::size_t wordsOf(const Command& command) {
  return 1 + static_cast<std::size_t>(std::ranges::count(command.name, ' '));
}

/// The commands that `topic` is the beginning of; none when it is of no command.
std::vector<Command> commandsOf(Arguments topic) {
  std::vector<Command> found;
  for (const Command& command : commands())
    if (!command.summary.empty() &&
        wordsInCommon(command, topic) == std::min(topic.size(), wordsOf(command)))
      found.push_back(command);
  return found;
}

void print(std::FILE* out, std::span<const Command> listed) {
  for (const Command& command : listed)
    std::fprintf(out, "  mydba %.*s %.*s\n      %.*s\n", static_cast<int>(command.name.size()),
                 command.name.data(), static_cast<int>(command.usage.size()), command.usage.data(),
                 static_cast<int>(command.summary.size()), command.summary.data());
}

void printHelp(std::FILE* out) {
  std::fputs("mydba: database administration for editors, scripts and CI\n\n", out);
  print(out, commandsOf({}));
  std::fputs("\n  mydba --version\n  mydba [COMMAND] --help\n", out);
}

Exit unknown(Arguments words) {
  const auto group = commandsOf(words.first(1));
  std::fprintf(stderr, "mydba: unknown command: %s; %s\n", words[0].c_str(),
               group.empty() ? "see mydba --help" : "there are");
  print(stderr, group);
  return Exit::usage;
}

/// `mydba help`, `mydba help plan`, `mydba --help`.
Exit help(Arguments topic) {
  const auto found = commandsOf(topic);
  if (found.empty()) return unknown(topic);
  topic.empty() ? printHelp(stdout) : print(stdout, found);
  return Exit::done;
}

}  // namespace

std::span<const Command> commands() { return commandTable; }

int run(std::span<char*> arguments) {
  const std::vector<std::string> words(arguments.begin(), arguments.end());
  if (words.empty()) {
    printHelp(stderr);
    return static_cast<int>(Exit::usage);
  }
  if (words[0] == "--help" || words[0] == "help")
    return static_cast<int>(help(Arguments(words).subspan(1)));
  if (words[0] == "--version") {
    std::puts("mydba " MYDBA_VERSION);
    return 0;
  }
  for (const Command& command : commands()) {
    const auto used = wordsOf(command);
    if (wordsInCommon(command, words) < used) continue;
    const auto rest = Arguments(words).subspan(used);
    if (!rest.empty() && rest.back() == "--help")
      return static_cast<int>(help(Arguments(words).first(used)));
    return static_cast<int>(command.run(rest));
  }
  if (words.back() == "--help") return static_cast<int>(help(Arguments(words).first(1)));
  return static_cast<int>(unknown(words));
}

}  // namespace mydba::cli
