Console.Error.WriteLine("pvm2: no commands yet");
return 64;
