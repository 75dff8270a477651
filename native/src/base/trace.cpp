#include "base/trace.h"

#include <functional>
#include <thread>

namespace mydba {

Trace::Trace(const std::string& path)
    : file_(path.empty() ? nullptr : std::fopen(path.c_str(), "we")) {
  if (file_) std::fputs("[", file_.get());
}

Trace::~Trace() {
  if (file_) std::fputs("\n]\n", file_.get());
}

void Trace::span(std::string_view name, std::string_view phase, Clock::time_point start,
                 Clock::time_point end) {
  if (!file_) return;
  const auto us = [this](Clock::time_point t) {
    return std::chrono::duration<double, std::micro>(t - origin_).count();
  };
  const auto thread = std::hash<std::thread::id>()(std::this_thread::get_id()) % 100000;
  MutexLock lock(mutex_);
  // Viewers accept a file without the closing bracket, so a killed helper leaves a usable trace.
  std::fprintf(file_.get(),
               "%s\n{\"name\":\"%.*s\",\"cat\":\"%.*s\",\"ph\":\"X\",\"pid\":1,\"tid\":%zu,"
               "\"ts\":%.1f,\"dur\":%.1f}",
               first_ ? "" : ",", static_cast<int>(name.size()), name.data(),
               static_cast<int>(phase.size()), phase.data(), thread, us(start),
               us(end) - us(start));
  std::fflush(file_.get());
  first_ = false;
}

}  // namespace mydba
