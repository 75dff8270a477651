// Runs a libFuzzer entry point where clang's fuzzer runtime is not there: replays the files of the
// folders it is given, then feeds mutations of them for a bounded time. It knows nothing of
// coverage, so it finds less; a sanitizer build with clang uses libFuzzer itself. The options are
// libFuzzer's: -max_total_time=SECONDS (default 5), -runs=N, -seed=N, then folders or files. It
// ends with a line `runs: N`. A crash leaves its input in `crash-input` in the current directory.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Random = std::mt19937_64;

struct Options {
  double seconds = 5;
  std::uint64_t runs = UINT64_MAX;
  std::uint64_t seed = 1;
  std::vector<std::string> inputs;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const char* value = equals == std::string::npos ? "" : argv[i] + equals + 1;
    if (name == "-max_total_time")
      options.seconds = std::atof(value);
    else if (name == "-runs")
      options.runs = std::strtoull(value, nullptr, 10);
    else if (name == "-seed")
      options.seed = std::strtoull(value, nullptr, 10);
    else if (argument[0] != '-')
      options.inputs.push_back(argument);
  }
  return options;
}

std::vector<std::string> readCorpus(const std::vector<std::string>& inputs) {
  std::vector<std::string> corpus;
  const auto add = [&](const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  };
  for (const std::string& input : inputs) {
    if (!std::filesystem::is_directory(input)) {
      add(input);
      continue;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(input))
      if (entry.is_regular_file()) files.push_back(entry.path());
    // The order of a folder is not stable; that of the runs must be.
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) add(file);
  }
  if (corpus.empty()) corpus.emplace_back();
  return corpus;
}

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

void mutateOnce(std::string& text, const std::vector<std::string>& corpus, Random& random) {
  static constexpr char interesting[] = {'\0', 1, '\x7F', '\x80', '\xFB', '\xFF', '"', '\'', '\n'};
  const std::size_t at = below(random, text.size() + 1);
  switch (below(random, 6)) {
    case 0: text.insert(at, 1, static_cast<char>(random())); break;
    case 1: text.insert(at, 1, interesting[below(random, sizeof interesting)]); break;
    case 2:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
      break;
    case 3:
      if (at < text.size()) text.erase(at, 1 + below(random, 16));
      break;
    case 4:
      if (text.size() < (1U << 16U))
        text.insert(at, text.substr(below(random, text.size() + 1), 64));
      break;
    default: {
      const std::string& other = corpus[below(random, corpus.size())];
      if (text.size() < (1U << 16U))
        text.insert(at, other.substr(below(random, other.size() + 1), 64));
    }
  }
}

// The input of the run in progress, for the signal handler only.
const std::string* current = nullptr;

extern "C" void saveCrash(int signal) {
  const int file = ::open("crash-input", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0 && ::write(file, current->data(), current->size()) >= 0) ::close(file);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const std::string& input) {
  current = &input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  const std::vector<std::string> corpus = readCorpus(options.inputs);
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL})
    std::signal(signal, saveCrash);
  for (const std::string& input : corpus) run(input);
  Random random(options.seed);
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::duration<double>(options.seconds);
  std::uint64_t runs = 0;
  std::string input;
  while (runs < options.runs && std::chrono::steady_clock::now() < end) {
    input = corpus[below(random, corpus.size())];
    const std::size_t rounds = 1 + below(random, 32);
    for (std::size_t i = 0; i < rounds; ++i) mutateOnce(input, corpus, random);
    run(input);
    ++runs;
  }
  std::printf("%zu inputs replayed, %llu mutations of them, seed %llu\n", corpus.size(),
              static_cast<unsigned long long>(runs), static_cast<unsigned long long>(options.seed));
  std::printf("runs: %llu\n", static_cast<unsigned long long>(corpus.size() + runs));
  return 0;
}
