const state = 'eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0';
