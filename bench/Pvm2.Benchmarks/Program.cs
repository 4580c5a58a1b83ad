Console.Error.WriteLine("Pvm2.Benchmarks: no benchmarks yet");
return 64;
