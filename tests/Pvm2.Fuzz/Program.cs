return await Pvm2.Fuzz.FuzzCommand.RunAsync(args);
